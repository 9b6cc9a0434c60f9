"""TIFF: what is needed to show the picture keeps its place, and every other byte is blanked."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from handbook.photos.bounded_reader import BoundedReader, MalformedData, Span
from handbook.photos.containers.format import Format
from handbook.photos.disclosures import with_damage
from handbook.photos.edits import Edit, collide
from handbook.photos.metadata import exif, unknown_data
from handbook.photos.orientation import UPRIGHT, orientation_in_xmp
from handbook.photos.structures.tiff_directories import BYTE_ORDERS, Directory, Entry, Tiff

_HEADER: Final = 8
# Sources: TIFF 6.0 and its supplements. A tag that is none of these is not needed to show the picture.
_SHOWN: Final = frozenset(
    [
        *(*range(254, 260), *range(262, 267), 273, 274, *range(277, 285), 286, 287, *range(290, 294)),
        *(296, 297, 301, *range(317, 326), 330, 332, 334, *range(336, 344), 347, *range(529, 533)),
        34675,
    ]
)
_LENGTHS: Final = {273: 279, 324: 325}  # The tag of the offsets of strips and tiles: that of their lengths.
_ORIENTATION: Final = 274
_XMP: Final = 700
_SHORT: Final = 3
_COMPRESSION: Final = 259
_OLD_JPEG: Final = 6
_PHOTOMETRIC: Final = 262
_SENSOR: Final = (32803, 34892)
_DNG_VERSION: Final = 50706
_RAW: Final = "it is a raw photo, which needs its metadata; export it as JPEG and clean the export"
_OBSOLETE: Final = "it uses an obsolete kind of TIFF; save it as JPEG or PNG and clean that copy"
_SHARED_BYTES: Final = "its parts share bytes; save it as JPEG or PNG and clean that copy"


def _edits(reader: BoundedReader) -> Iterator[Edit]:
    yield Edit(0, 0, tuple(with_damage(exif.disclosures(reader, has_pages=True))))
    tiff = Tiff(reader)
    pages = [directory for directory in tiff.directories() if directory.is_page]
    obstacle = next((reason for page in pages if (reason := _obstacle(tiff, page))), None)
    if obstacle:
        yield Edit(0, 0, obstacle=obstacle)
    else:
        yield from _page_edits(tiff, pages)


def _obstacle(tiff: Tiff, page: Directory) -> str | None:
    if page.entry(_DNG_VERSION) or tiff.first_number(page.entry(_PHOTOMETRIC)) in _SENSOR:
        return _RAW
    return _OBSOLETE if tiff.first_number(page.entry(_COMPRESSION)) == _OLD_JPEG else None


def _page_edits(tiff: Tiff, pages: Sequence[Directory]) -> Iterator[Edit]:
    """Yield each directory, shortened, and an edit that erases every span that nothing points to any more."""
    directories = [_shortened(tiff, page) for page in pages]
    rewritten = [(edit.start, edit.end) for edit in directories]
    needed = sorted({span for page in pages for span in _needed(tiff, page)})
    if collide(rewritten, [(0, _HEADER), *needed]):
        yield Edit(0, 0, obstacle=_SHARED_BYTES)
    else:
        yield from directories
        yield from _blanks(tiff.reader, sorted([*needed, *rewritten]))


def _blanks(reader: BoundedReader, spans: Sequence[Span]) -> Iterator[Edit]:
    """Fill everything between the header, the spans and the end of the file with zeros.

    Another program may have added metadata at the end, to which no directory leads.
    """
    offset = _HEADER
    for start, end in spans:
        if start > offset:
            yield Edit(offset, start, replacement=None)
        offset = max(offset, end)
    locations = unknown_data.locations(reader.window(offset, reader.size - offset))
    yield Edit(offset, reader.size, tuple(with_damage(locations)), replacement=None)


def _shortened(tiff: Tiff, page: Directory) -> Edit:
    """Keep the entries that are needed; the bytes after them are left to be blanked."""
    byte_order: Literal["little", "big"] = "little" if tiff.byte_order == "<" else "big"
    kept = [entry.raw for entry in page.entries if entry.tag in _SHOWN]
    kept = _turned(tiff, page, kept, byte_order)
    directory = len(kept).to_bytes(2, byte_order) + b"".join(kept) + page.next_offset.to_bytes(4, byte_order)
    end = min(page.offset + len(directory), tiff.reader.size)
    return Edit(page.offset, end, replacement=directory[: end - page.offset])


def _turned(
    tiff: Tiff, page: Directory, kept: list[bytes], byte_order: Literal["little", "big"]
) -> list[bytes]:
    """Add how the picture is turned, if only XMP says so; the entry takes the place that XMP had."""
    turn = UPRIGHT if page.entry(_ORIENTATION) else _turn_in_xmp(tiff, page.entry(_XMP))
    if turn == UPRIGHT:
        return kept
    numbers = ((_ORIENTATION, 2), (_SHORT, 2), (1, 4), (turn, 2), (0, 2))
    entry = b"".join(number.to_bytes(length, byte_order) for number, length in numbers)
    return sorted([*kept, entry], key=lambda raw: int.from_bytes(raw[:2], byte_order))


def _turn_in_xmp(tiff: Tiff, packet: Entry | None) -> int:
    try:
        return (packet and orientation_in_xmp(tiff.content(packet).read_all())) or UPRIGHT
    except MalformedData:
        return UPRIGHT


def _needed(tiff: Tiff, page: Directory) -> Iterator[Span]:
    """Yield where the values of the kept entries and the compressed picture are."""
    for entry in page.entries:
        if entry.tag in _SHOWN and entry.length > 4:
            yield _within_file(tiff, entry.offset, entry.length)
        if entry.tag in _LENGTHS:
            yield from _picture(tiff, entry, page.entry(_LENGTHS[entry.tag]))


def _picture(tiff: Tiff, offsets: Entry, lengths: Entry | None) -> Iterator[Span]:
    starts = tiff.numbers(offsets)
    sizes = tiff.numbers(lengths) if lengths else ()
    if len(starts) != len(sizes):
        raise MalformedData("it does not say how long its parts are")
    tiff.reader.budget.spend_parts(len(starts))
    yield from (_within_file(tiff, start, size) for start, size in zip(starts, sizes, strict=True))


def _within_file(tiff: Tiff, start: int, length: int) -> Span:
    if start + length > tiff.reader.size:
        raise MalformedData("it ends too early")
    return start, start + length


def _not_supported(_reader: BoundedReader) -> Iterator[Edit]:
    raise MalformedData("it is a BigTIFF; save it as JPEG or PNG")


FORMATS: Final = (
    Format("TIFF", re.compile(b"|".join(map(re.escape, BYTE_ORDERS))), _edits),
    Format("TIFF", re.compile(rb"II\+\0|MM\0\+"), _not_supported),
)
