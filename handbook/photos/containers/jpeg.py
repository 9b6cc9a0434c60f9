"""JPEG: segments before, between and after the scans, which are kept to the byte."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from handbook.photos.bounded_reader import BoundedReader, MalformedData
from handbook.photos.containers.format import Format
from handbook.photos.disclosures import Category, Disclosure, decode_text, text_disclosures, with_damage
from handbook.photos.edits import Edit
from handbook.photos.metadata import MetadataReader, content_credentials, exif, flir, gopro, unknown_data, xmp
from handbook.photos.orientation import UPRIGHT, orientation_in_xmp

_START: Final = 0xD8
_SCAN: Final = 0xDA
_END: Final = 0xD9
_COMMENT: Final = 0xFE
_LINES: Final = 0xDC
_LINES_LENGTH: Final = 2
_APPLICATIONS: Final = range(0xE0, 0xF0)
_APP0: Final = 0xE0
_APP1: Final = 0xE1
_APP6: Final = 0xE6
_APP11: Final = 0xEB
_APP13: Final = 0xED
_WITHOUT_LENGTH: Final = frozenset([0x01, *range(0xD0, 0xD8)])
_MARKER: Final = re.compile(rb"\xff[^\x00\xff]")
_MARKER_LENGTH: Final = 2
# Within a scan, a 0 follows the byte that begins markers, and a damaged scan may have what no segment is.
_MARKER_IN_SCAN: Final = re.compile(rb"\xff[\xc0-\xcf\xd8-\xfe]")
_BETWEEN: Final = -1
_BLOCK: Final = 2**18
# The color profile, and Adobe's note on how colors are transformed: without them the picture looks different.
_SHOWN: Final = {0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
_JFIF: Final = b"JFIF\0"
_JFIF_LENGTH: Final = 14
_EXIF: Final = b"Exif\0"  # A few programs write another byte than 0 after it.
_XMP: Final = b"http://ns.adobe.com/xap/1.0/\0"
_EXTENDED_XMP: Final = b"http://ns.adobe.com/xmp/extension/\0"
_PHOTOSHOP: Final = b"Photoshop 3.0\0"
_GOPRO: Final = b"GoPro\0"
_FLIR: Final = b"FLIR\0"
_FLIR_HEADER: Final = 8
_JUMBF: Final = b"JP"
_JUMBF_HEADER: Final = 8
_BOX_HEADER: Final = 8


@dataclass(frozen=True, slots=True)
class Segment:
    """One marker with its content, from `body` to `end`."""

    marker: int
    start: int
    body: int
    end: int

    @property
    def length(self) -> int:
        """Return the size of the content in bytes."""
        return self.end - self.body

    @property
    def is_note(self) -> bool:
        """Tell whether viewers pass over it; a number of lines that is longer than one may hold anything."""
        has_more = self.marker == _LINES and self.length > _LINES_LENGTH
        return has_more or self.marker == _COMMENT or self.marker in _APPLICATIONS


def _edits(reader: BoundedReader) -> Iterator[Edit]:
    split = _SplitBlocks(reader)
    turn = _Turn(reader)
    try:
        for segment in _segments(reader):
            if segment.marker == _END:
                yield from _trailer(reader, segment.end)
            elif segment.marker == _BETWEEN:
                yield Edit(segment.start, segment.end, may_contain_file=True)
            elif segment.is_note:
                turn.add(segment)
                yield from split.add(segment) or _segment_edits(reader, segment)
    except MalformedData:
        yield from split.disclosures()
        raise
    yield from split.disclosures()
    yield from turn.insertion()


def _segments(reader: BoundedReader) -> Iterator[Segment]:
    """Yield the segments up to the end of the picture, and what is between them.

    Like every viewer, it passes over bytes that are not a segment, and takes the end of the file for the end
    of the picture if the last scan has no other.
    """
    offset, pattern = 2, _MARKER
    while True:
        start = _next_marker(reader, offset, pattern)
        if start is None and pattern is _MARKER:
            raise MalformedData("it ends too early")
        segment = _segment(reader, reader.size if start is None else start)
        if pattern is _MARKER and not _is_fill(reader, offset, segment.start):
            yield Segment(_BETWEEN, offset, offset, segment.start)
        yield segment
        if segment.marker == _END:
            return
        offset, pattern = segment.end, _MARKER_IN_SCAN if segment.marker == _SCAN else _MARKER


def _segment(reader: BoundedReader, start: int) -> Segment:
    """Return the segment at an offset; the end of the picture if the file ends there."""
    if start == reader.size:
        return Segment(_END, start, start, start)
    marker = reader.number(start + 1, 1)
    if marker == _START:
        raise MalformedData("another picture begins before it ends")
    has_length = marker != _END and marker not in _WITHOUT_LENGTH
    length = reader.number(start + 2, 2) if has_length else 0
    segment = Segment(marker, start, start + min(4, 2 + length), start + 2 + length)
    if segment.end > reader.size:
        raise MalformedData("it ends too early")
    return segment


def _next_marker(reader: BoundedReader, offset: int, pattern: re.Pattern[bytes]) -> int | None:
    """Return where the next marker is; None if there is none up to the end of the file."""
    length = _MARKER_LENGTH
    while block := reader.peek(offset, length):
        match = pattern.search(block)
        if match:
            return offset + match.start()
        if offset + len(block) >= reader.size:
            break
        offset += len(block) - 1  # A marker may lie across two blocks.
        length = _BLOCK
    return None


def _is_fill(reader: BoundedReader, start: int, end: int) -> bool:
    """Tell whether there is nothing before a marker but the bytes that may precede it, in any number."""
    return end - start <= _BLOCK and not reader.peek(start, end - start).strip(b"\xff")


def _trailer(reader: BoundedReader, offset: int) -> Iterator[Edit]:
    if offset < reader.size:
        yield Edit(offset, reader.size, may_contain_file=True)


def _segment_edits(reader: BoundedReader, segment: Segment) -> Iterator[Edit]:
    data = reader.read(segment.body, segment.length)
    if segment.marker in _SHOWN and data.startswith(_SHOWN[segment.marker]):
        return
    if segment.marker == _APP0 and data.startswith(_JFIF) and len(data) >= _JFIF_LENGTH:
        yield from _without_thumbnail(segment, data)
    elif segment.marker == _APP1 and data.startswith(_EXIF) and len(data) >= len(exif.PREFIX):
        yield _exif_edit(reader, segment)
    else:
        disclosures = tuple(with_damage(_disclosures(reader, segment, data)))
        yield Edit(segment.start, segment.end, disclosures)


def _without_thumbnail(segment: Segment, data: bytes) -> Iterator[Edit]:
    """Keep the density of the pixels, and cut the thumbnail after it."""
    if len(data) > _JFIF_LENGTH or any(data[12:14]):
        kept = b"\xff\xe0\0\x10" + data[:12] + b"\0\0"
        yield Edit(segment.start, segment.end, (Disclosure(Category.THUMBNAIL),), kept)


def _exif_edit(reader: BoundedReader, segment: Segment) -> Edit:
    block = reader.window(segment.body + len(exif.PREFIX), segment.length - len(exif.PREFIX))
    kept = exif.orientation_only(block)
    replacement = _app1(exif.PREFIX + kept) if kept else b""
    return Edit(segment.start, segment.end, tuple(with_damage(exif.disclosures(block))), replacement)


def _app1(data: bytes) -> bytes:
    return b"\xff\xe1" + (len(data) + 2).to_bytes(2) + data


def _disclosures(reader: BoundedReader, segment: Segment, data: bytes) -> Iterator[Disclosure]:
    if segment.marker == _COMMENT:
        yield from text_disclosures(Category.TEXT, decode_text(data))
        yield from unknown_data.locations(reader.derived(data))
    elif data.startswith(_XMP):
        yield from xmp.disclosures(reader.derived(data[len(_XMP) :]))
    elif segment.marker == _APP6 and data.startswith(_GOPRO):
        yield from gopro.disclosures(reader.derived(data[len(_GOPRO) :]))
    else:
        name = "DNL" if segment.marker == _LINES else f"APP{segment.marker - _APP0}"
        name = _application(data) or name
        yield from unknown_data.disclosures(reader.derived(data), name)


def _application(data: bytes) -> str:
    """Return the name that an application's segment begins with; empty if it has none."""
    name = data[:24].partition(b"\0")[0]
    return name.decode("ascii") if name.isascii() and name.decode("ascii").isprintable() else ""


class _Turn:
    """How the picture is turned if only XMP says so; the clean copy says it in EXIF."""

    def __init__(self, reader: BoundedReader) -> None:
        self._reader = reader
        self._in_exif: int | None = None
        self._in_xmp: int | None = None

    def add(self, segment: Segment) -> None:
        """Look into a segment; the first that says how the picture is turned counts."""
        if segment.marker != _APP1 or segment.length < len(exif.PREFIX):
            return
        content = self._reader.window(segment.body, segment.length)
        beginning = content.peek(0, len(_XMP))
        if beginning.startswith(_EXIF):
            block = content.window(len(exif.PREFIX), content.size - len(exif.PREFIX))
            self._in_exif = self._in_exif or exif.orientation(block)
        elif beginning == _XMP:
            self._in_xmp = self._in_xmp or orientation_in_xmp(content.read_all())

    def insertion(self) -> Iterator[Edit]:
        """Yield the edit that adds EXIF; nothing if there is EXIF that says it, or the picture is upright."""
        kept = exif.with_orientation(UPRIGHT if self._in_exif else self._in_xmp or UPRIGHT)
        if kept:
            yield Edit(2, 2, replacement=_app1(exif.PREFIX + kept))


class _SplitBlocks:
    """Blocks that may be too large for one segment, such as extended XMP and the resources of Photoshop."""

    def __init__(self, reader: BoundedReader) -> None:
        self._reader = reader
        self._extended_xmp: dict[bytes, dict[int, bytes]] = {}
        self._joined: dict[MetadataReader, list[bytes]] = {}

    def add(self, segment: Segment) -> list[Edit]:
        """Remember a segment that is a part of such a block, and return its edit; none if it is another."""
        if segment.marker not in (_APP1, _APP11, _APP13):
            return []
        data = self._reader.read(segment.body, segment.length)
        if segment.marker == _APP13 and data.startswith(_PHOTOSHOP):
            self._join(exif.photoshop_disclosures, data[len(_PHOTOSHOP) :])
        elif segment.marker == _APP1 and data.startswith(_FLIR):
            self._join(flir.disclosures, data[_FLIR_HEADER:])
        elif segment.marker == _APP11 and data.startswith(_JUMBF):
            # Each part repeats the header of the box that is split.
            is_next = content_credentials.disclosures in self._joined
            self._join(
                content_credentials.disclosures, data[_JUMBF_HEADER + (_BOX_HEADER if is_next else 0) :]
            )
        elif segment.marker == _APP1 and data.startswith(_EXTENDED_XMP):
            digest, offset, part = _extended_xmp_part(data[len(_EXTENDED_XMP) :])
            self._extended_xmp.setdefault(digest, {})[offset] = part
        else:
            return []
        return [Edit(segment.start, segment.end)]

    def disclosures(self) -> Iterator[Edit]:
        """Yield an edit without bytes that carries what the joined blocks give away."""
        disclosures = (*self._joined_disclosures(), *self._xmp_disclosures())
        if disclosures:
            yield Edit(0, 0, disclosures)

    def _join(self, read: MetadataReader, part: bytes) -> None:
        self._joined.setdefault(read, []).append(part)

    def _joined_disclosures(self) -> Iterator[Disclosure]:
        for read, parts in self._joined.items():
            yield from with_damage(read(self._reader.derived(b"".join(parts))))

    def _xmp_disclosures(self) -> Iterator[Disclosure]:
        for parts in self._extended_xmp.values():
            packet = b"".join(parts[offset] for offset in sorted(parts))
            yield from with_damage(xmp.disclosures(self._reader.derived(packet)))


def _extended_xmp_part(data: bytes) -> tuple[bytes, int, bytes]:
    """Split a part of an extended XMP packet into the packet's digest, the part's offset, and the part."""
    return data[:32], int.from_bytes(data[36:40]), data[40:]


FORMATS: Final = (Format("JPEG", re.compile(rb"\xff\xd8"), _edits),)
