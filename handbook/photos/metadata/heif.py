"""HEIF: the items of HEIC and AVIF pictures that are metadata."""

from collections.abc import Iterable, Iterator
from typing import Final

from handbook.photos.bounded_reader import BoundedReader, Span
from handbook.photos.disclosures import Category, Disclosure, decode_text, text_disclosures, with_damage
from handbook.photos.edits import Edit, collide
from handbook.photos.metadata import exif, xmp
from handbook.photos.structures.iso_boxes import Box
from handbook.photos.structures.iso_items import Item, items

_EXIF: Final = b"Exif"
_METADATA: Final = (_EXIF, b"mime", b"uri ")
_XMP: Final = b"application/rdf+xml"
_EMPTY_EXIF: Final = b"\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"
_SHARED_BYTES: Final = "its metadata and its picture share bytes; save it as JPEG and clean that copy"


def item_edits(reader: BoundedReader, meta: Box) -> Iterator[Edit]:
    """Yield edits that blank the items that are metadata; how the picture is turned is a property, and stays.

    Raises:
        MalformedData: if the items cannot be found.

    """
    metadata: list[Item] = []
    pictures: list[Item] = []
    for item in items(reader, meta):
        (metadata if item.type in _METADATA else pictures).append(item)
    for item in metadata:
        yield from _blanked(reader, item)
    if collide(_extents(metadata), _extents(pictures)):
        yield Edit(0, 0, obstacle=_SHARED_BYTES)


def _extents(of_items: Iterable[Item]) -> Iterator[Span]:
    return (extent for item in of_items for extent in item.extents)


def _blanked(reader: BoundedReader, item: Item) -> Iterator[Edit]:
    data = b"".join(reader.read(start, end - start) for start, end in item.extents)
    disclosures = tuple(with_damage(_disclosures(reader, item, data)))
    blank = _blank(item, len(data))
    offset = 0
    for start, end in item.extents:
        yield Edit(start, end, () if offset else disclosures, blank[offset : offset + end - start])
        offset += end - start


def _disclosures(reader: BoundedReader, item: Item, data: bytes) -> Iterator[Disclosure]:
    if item.type == _EXIF:
        yield from _exif_disclosures(reader.derived(data)) if any(data) else ()
    elif item.media_type == _XMP:
        yield from xmp.disclosures(reader.derived(data))
    elif any(data):
        yield from text_disclosures(Category.HIDDEN, decode_text(item.media_type or item.type))


def _exif_disclosures(block: BoundedReader) -> Iterator[Disclosure]:
    """Yield what EXIF gives away; the first four bytes say how much precedes it."""
    start = 4 + block.number(0, 4)
    return exif.disclosures(block.window(start, block.size - start))


def _blank(item: Item, length: int) -> bytes:
    """Return metadata of a given length that says nothing."""
    if item.type == _EXIF and length >= len(_EMPTY_EXIF):
        return _EMPTY_EXIF.ljust(length, b"\0")
    if item.media_type == _XMP:
        return (xmp.EMPTY_PACKET if length >= len(xmp.EMPTY_PACKET) else b"").ljust(length, b" ")
    return bytes(length)
