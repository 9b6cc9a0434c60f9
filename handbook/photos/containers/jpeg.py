"""JPEG: segments before, between and behind the scans, which are kept to the byte."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from handbook.photos.bounded_reader import Malformed, Source
from handbook.photos.disclosures import Fact, Kind, decoded, told, until_damaged
from handbook.photos.edits import Piece
from handbook.photos.metadata.exif import PREFIX, exif_facts, minimal, orientation, photoshop_facts
from handbook.photos.metadata.xmp import xmp_facts

_SCAN: Final = 0xDA
_END: Final = 0xD9
_COMMENT: Final = 0xFE
_APPLICATIONS: Final = range(0xE0, 0xF0)
_BARE: Final = frozenset([0x01, *range(0xD0, 0xD8)])
_NEXT_MARKER: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_BLOCK: Final = 2**18
# The color profile, and Adobe's note on how colors are transformed: without them the picture looks different.
_KEPT: Final = {0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
_JFIF: Final = b"JFIF\0"
_JFIF_LENGTH: Final = 14
_EXIF: Final = b"Exif\0"  # A few programs write another byte than 0 after it.
_XMP: Final = b"http://ns.adobe.com/xap/1.0/\0"
_MORE_XMP: Final = b"http://ns.adobe.com/xmp/extension/\0"
_PHOTOSHOP: Final = b"Photoshop 3.0\0"


@dataclass(frozen=True, slots=True)
class Segment:
    """One marker with its content, which begins at `body`."""

    marker: int
    start: int
    body: int
    end: int


def jpeg_pieces(source: Source) -> Iterator[Piece]:
    """Yield every segment that is not needed to show the picture, and what stands behind its end.

    Raises:
        Malformed: when it is cut off or no segment stands where one must.

    """
    split = _Split(source)
    try:
        for segment in _segments(source):
            if segment.marker == _END:
                yield from _behind(source, segment.end)
            elif segment.marker == _COMMENT or segment.marker in _APPLICATIONS:
                yield from split.add(segment) or _pieces(source, segment)
    except Malformed:
        yield from split.pieces()
        raise
    yield from split.pieces()


def _segments(source: Source) -> Iterator[Segment]:
    """Yield the segments up to the end of the picture, in order."""
    at = 2
    while True:
        mark, marker = source.read(at, 2)
        if mark != 0xFF:
            raise Malformed("a segment is missing")
        if marker == 0xFF:  # Any number of these may stand before a marker.
            at += 1
            continue
        length = 0 if marker == _END or marker in _BARE else source.number(at + 2, 2)
        segment = Segment(marker, at, at + min(4, 2 + length), at + 2 + length)
        if segment.end > source.size:
            raise Malformed("it ends too early")
        yield segment
        if marker == _END:
            return
        at = _end_of_scan(source, segment.end) if marker == _SCAN else segment.end


def _end_of_scan(source: Source, at: int) -> int:
    """Return where the next marker stands; in a scan, the byte that begins markers is followed by 0."""
    while block := source.scan(at, _BLOCK):
        found = _NEXT_MARKER.search(block)
        if found:
            return at + found.start()
        at += max(1, len(block) - 1)  # A marker may lie across two blocks.
        if len(block) < _BLOCK:
            break
    raise Malformed("it ends too early")


def _behind(source: Source, at: int) -> Iterator[Piece]:
    if at < source.size:
        yield Piece(at, source.size, holds_files=True)


def _pieces(source: Source, segment: Segment) -> Iterator[Piece]:
    data = source.read(segment.body, segment.end - segment.body)
    if data.startswith(_KEPT.get(segment.marker, b"\0none")):
        return
    if segment.marker == _APPLICATIONS[0] and data.startswith(_JFIF) and len(data) >= _JFIF_LENGTH:
        yield from _without_small_copy(segment, data)
    elif data.startswith(_EXIF) and len(data) >= len(PREFIX) and segment.marker == 0xE1:
        yield _exif(source, segment)
    else:
        yield Piece(segment.start, segment.end, tuple(until_damaged(_facts(source, segment, data))))


def _without_small_copy(segment: Segment, data: bytes) -> Iterator[Piece]:
    """Keep how dense the pixels are, and leave out the small copy of the picture behind it."""
    if len(data) > _JFIF_LENGTH or any(data[12:14]):
        kept = b"\xff\xe0\0\x10" + data[:12] + b"\0\0"
        yield Piece(segment.start, segment.end, (Fact(Kind.THUMBNAIL),), kept)


def _exif(source: Source, segment: Segment) -> Piece:
    exif = source.window(segment.body + len(PREFIX), segment.end - segment.body - len(PREFIX))
    kept = minimal(orientation(exif))
    new = b"\xff\xe1" + (len(kept) + len(PREFIX) + 2).to_bytes(2) + PREFIX + kept if kept else b""
    return Piece(segment.start, segment.end, tuple(until_damaged(exif_facts(exif))), new)


def _facts(source: Source, segment: Segment, data: bytes) -> Iterator[Fact]:
    if segment.marker == _COMMENT:
        yield from told(Kind.TEXT, decoded(data))
    elif data.startswith(_XMP):
        yield from xmp_facts(data[len(_XMP) :], source.budget.step)
    else:
        yield from told(Kind.HIDDEN, _name(data) or f"APP{segment.marker - _APPLICATIONS[0]}")


def _name(data: bytes) -> str:
    """Return the name that an application's segment begins with; empty where it has none."""
    name = data[:24].partition(b"\0")[0]
    return name.decode("ascii") if name.isascii() and name.decode("ascii").isprintable() else ""


class _Split:
    """Blocks that are too large for one segment: extended XMP, and the resources of Photoshop."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._segments: list[Segment] = []
        self._xmp: dict[bytes, dict[int, bytes]] = {}
        self._photoshop: list[bytes] = []

    def add(self, segment: Segment) -> list[Piece]:
        """Keep a segment that is a part of such a block; return it as a piece, none where it is another."""
        if segment.marker not in (0xE1, 0xED):
            return []
        data = self._source.read(segment.body, segment.end - segment.body)
        if segment.marker == 0xED and data.startswith(_PHOTOSHOP):
            self._photoshop.append(data[len(_PHOTOSHOP) :])
        elif segment.marker == 0xE1 and data.startswith(_MORE_XMP):
            rest = data[len(_MORE_XMP) :]
            self._xmp.setdefault(rest[:32], {})[int.from_bytes(rest[36:40])] = rest[40:]
        else:
            return []
        return [Piece(segment.start, segment.end)]

    def pieces(self) -> Iterator[Piece]:
        """Yield what the blocks, put together, give away."""
        facts: list[Fact] = []
        if self._photoshop:
            facts += until_damaged(photoshop_facts(self._source.inside(b"".join(self._photoshop))))
        for parts in self._xmp.values():
            packet = b"".join(parts[at] for at in sorted(parts))
            facts += until_damaged(xmp_facts(packet, self._source.budget.step))
        if facts:
            yield Piece(0, 0, tuple(facts))
