"""HEIF: the items of HEIC and AVIF pictures that are metadata."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from handbook.photos.bounded_reader import BoundedReader, MalformedData, Span
from handbook.photos.disclosures import Disclosure, decode_text, with_damage
from handbook.photos.edits import Edit, collide
from handbook.photos.metadata import exif, unknown_data, xmp
from handbook.photos.orientation import UPRIGHT, orientation_in_xmp, xmp_with
from handbook.photos.structures.iso_boxes import Box
from handbook.photos.structures.iso_items import Item, items

_EXIF: Final = b"Exif"
_METADATA: Final = (_EXIF, b"mime", b"uri ")
# Sources: ISO/IEC 23008-12, AV1 Image File Format, and the list of the MP4 Registration Authority.
_PICTURES: Final = frozenset(
    b"hvc1 hev1 hvt1 lhv1 av01 avc1 svc1 mvc1 vvc1 vvt1 evc1 jpeg j2k1 unci grid iovl iden tmap mski".split()
)
_XMP: Final = b"application/rdf+xml"
_EMPTY_EXIF: Final = b"\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"
# Programs also read EXIF and XMP from items of another type.
_EXIF_HEADER: Final = re.compile(rb".{4}(?:Exif\0\0)?(?:II\*\0|MM\0\*)", re.DOTALL)
_XMP_ELEMENT: Final = re.compile(rb"<(?:x:xmpmeta|rdf:RDF)")
_UNKNOWN: Final = "it has a part of an unknown type; save it as JPEG and clean that copy"
_SHARED_BYTES: Final = "its metadata and its picture share bytes; save it as JPEG and clean that copy"


def item_edits(reader: BoundedReader, meta: Box) -> Iterator[Edit]:
    """Yield edits that erase the items that are metadata; how the picture is turned is a property, and stays.

    Raises:
        MalformedData: if the items cannot be found.

    """
    listed = list(items(reader, meta))
    metadata = [item for item in listed if item.type in _METADATA]
    for item in metadata:
        yield from _blanked(reader, item)
    others = [item for item in listed if item.type not in _METADATA]
    for item in others:
        if item.type not in _PICTURES:
            yield Edit(0, 0, _disclosures(reader, item), obstacle=_UNKNOWN)
    if collide(_extents(metadata), _extents(others)):
        yield Edit(0, 0, obstacle=_SHARED_BYTES)


def _extents(of_items: Iterable[Item]) -> Iterator[Span]:
    return (extent for item in of_items for extent in item.extents)


def _blanked(reader: BoundedReader, item: Item) -> Iterator[Edit]:
    if not item.extents:
        raise MalformedData("it does not say where its metadata is")
    disclosures = _disclosures(reader, item)
    blank = _blank(reader, item, sum(end - start for start, end in item.extents))
    offset = 0
    for start, end in item.extents:
        yield Edit(start, end, () if offset else disclosures, blank[offset : offset + end - start])
        offset += end - start


def _disclosures(reader: BoundedReader, item: Item) -> tuple[Disclosure, ...]:
    return tuple(with_damage(_item_disclosures(reader, item)))


def _content(reader: BoundedReader, item: Item) -> bytes:
    return b"".join(reader.read(start, end - start) for start, end in item.extents)


def _item_disclosures(reader: BoundedReader, item: Item) -> Iterator[Disclosure]:
    data = _content(reader, item)
    if not any(data):
        return
    if item.type == _EXIF or _EXIF_HEADER.match(data):
        yield from _exif_disclosures(reader.derived(data))
    elif item.media_type == _XMP or _XMP_ELEMENT.search(data):
        yield from xmp.disclosures(reader.derived(data))
    else:
        name = decode_text(item.media_type or item.type) or "an item without a type"
        yield from unknown_data.disclosures(reader.derived(data), name)


def _exif_disclosures(block: BoundedReader) -> Iterator[Disclosure]:
    """Yield what EXIF gives away; the first four bytes say how much precedes it."""
    start = 4 + block.number(0, 4)
    return exif.disclosures(block.window(start, block.size - start))


def _blank(reader: BoundedReader, item: Item, length: int) -> bytes:
    """Return metadata of a given length that says nothing but how XMP turns the picture."""
    if item.type == _EXIF and length >= len(_EMPTY_EXIF):
        return _EMPTY_EXIF.ljust(length, b"\0")
    if item.media_type == _XMP:
        turn = orientation_in_xmp(_content(reader, item))
        kept = xmp_with(turn) if turn and turn != UPRIGHT else xmp.EMPTY_PACKET
        return (kept if len(kept) <= length else b"").ljust(length, b" ")
    return bytes(length)
