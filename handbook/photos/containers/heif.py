"""HEIC, HEIF and AVIF pictures: the items in a `meta` box; EXIF and XMP are blanked where they lie."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from handbook.photos.bounded_reader import Malformed, Source
from handbook.photos.containers.iso_boxes import Box, parts, parts_of_meta
from handbook.photos.disclosures import Fact, Kind, decoded, told, until_damaged
from handbook.photos.edits import Piece, Span, meet
from handbook.photos.metadata.exif import after_prefix, exif_facts
from handbook.photos.metadata.xmp import EMPTY, xmp_facts

_EXIF: Final = b"Exif"
_XMP: Final = b"application/rdf+xml"
_NOTES: Final = (_EXIF, b"mime", b"uri ")
_NO_EXIF: Final = b"\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"
_TANGLED: Final = "its notes and its picture overlap; save it as JPEG, and clean that"
Spans: TypeAlias = list[Span]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a picture file: the picture itself, a part of it, or notes."""

    number: int
    kind: bytes
    content_type: bytes


def has_items(source: Source, meta: Box) -> bool:
    """Tell whether the box lists items; in a video, a `meta` box holds keys instead."""
    kinds = {box.kind for box in parts_of_meta(source, meta)}
    return {b"iinf", b"iloc"} <= kinds


def item_pieces(source: Source, meta: Box) -> Iterator[Piece]:
    """Yield the items that are notes; how the picture is turned is a property, and stays.

    Raises:
        Malformed: when the items cannot be found.

    """
    found = {box.kind: box for box in parts_of_meta(source, meta)}
    places = dict(_places(source, found[b"iloc"], found.get(b"idat")))
    items = [item for item in _items(source, found[b"iinf"]) if item.kind in _NOTES]
    notes = [span for item in items for span in places.get(item.number, [])]
    numbers = {item.number for item in items}
    pictures = [span for number, spans in places.items() if number not in numbers for span in spans]
    for item in items:
        yield from _pieces(source, item, places.get(item.number, []))
    if meet(notes, pictures):
        yield Piece(0, 0, obstacle=_TANGLED)


def _items(source: Source, box: Box) -> Iterator[Item]:
    """Yield what is told of each item. Source: ISO/IEC 14496-12, ItemInfoBox."""
    skip = 6 if source.number(box.body, 1) == 0 else 8
    for entry in parts(source, box, skip):
        version = source.number(entry.body, 1)
        if entry.kind != b"infe" or version < 2:
            continue
        wide = 2 if version == 2 else 4
        number = source.number(entry.body + 4, wide)
        at = entry.body + 4 + wide + 2
        names = source.read(at + 4, min(entry.end - at - 4, 1_000)).split(b"\0")
        yield Item(number, source.read(at, 4), names[1] if len(names) > 1 else b"")


def _places(source: Source, box: Box, data: Box | None) -> Iterator[tuple[int, Spans]]:
    """Yield where each item's bytes lie. Source: ISO/IEC 14496-12, ItemLocationBox.

    An item that lies inside another one is taken to be nowhere.
    """
    version = source.number(box.body, 1)
    sizes, more = source.read(box.body + 4, 2)
    fields = _Fields(source, box.body + 6)
    wide = 4 if version == 2 else 2
    for _ in range(fields.take(wide)):
        number = fields.take(wide)
        method = fields.take(2) & 15 if version else 0
        fields.take(2)
        base = fields.take(more >> 4)
        spans = []
        for _ in range(fields.take(2)):
            fields.take(more & 15 if version else 0)
            start, length = base + fields.take(sizes >> 4), fields.take(sizes & 15)
            spans.append(_span(source, method, start, length, data))
        yield number, [span for span in spans if span]


def _span(source: Source, method: int, start: int, length: int, data: Box | None) -> Span | None:
    if method == 1 and data:
        start += data.body
    elif method:
        return None
    end = start + length if length else source.size
    if end > source.size:
        raise Malformed("it ends too early")
    return start, end


class _Fields:
    """Numbers of different widths, one after the other."""

    def __init__(self, source: Source, at: int) -> None:
        self._source = source
        self._at = at

    def take(self, width: int) -> int:
        """Return the next number; 0 where it takes no room."""
        self._at += width
        return self._source.number(self._at - width, width) if width else 0


def _pieces(source: Source, item: Item, spans: Spans) -> Iterator[Piece]:
    data = b"".join(source.read(start, end - start) for start, end in spans)
    facts = tuple(until_damaged(_facts(source, item, data)))
    new = _blank(item, len(data))
    at = 0
    for start, end in spans:
        yield Piece(start, end, facts if not at else (), new[at : at + end - start])
        at += end - start


def _facts(source: Source, item: Item, data: bytes) -> Iterator[Fact]:
    if item.kind == _EXIF:
        yield from _exif_facts(source, data)
    elif item.content_type == _XMP:
        yield from xmp_facts(data, source.budget.step)
    elif data.strip(b"\0"):
        yield from told(Kind.HIDDEN, decoded(item.content_type or item.kind))


def _exif_facts(source: Source, data: bytes) -> Iterator[Fact]:
    """Yield what EXIF gives away; its first four bytes say how much stands before it."""
    if data.strip(b"\0"):
        skip = 4 + int.from_bytes(data[:4])
        yield from exif_facts(after_prefix(source.inside(data[skip:])))


def _blank(item: Item, length: int) -> bytes:
    """Return notes of a length that say nothing."""
    if item.kind == _EXIF and length >= len(_NO_EXIF):
        return _NO_EXIF.ljust(length, b"\0")
    if item.content_type == _XMP:
        return (EMPTY if length >= len(EMPTY) else b"").ljust(length, b" ")
    return bytes(length)
