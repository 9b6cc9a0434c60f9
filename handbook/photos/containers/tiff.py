"""TIFF: what is needed to show the picture keeps its place, and every other byte is blanked."""

from collections.abc import Iterator
from typing import Final, Literal

from handbook.photos.bounded_reader import Malformed, Source
from handbook.photos.disclosures import until_damaged
from handbook.photos.edits import Piece, Span, meet
from handbook.photos.metadata.exif import exif_facts
from handbook.photos.metadata.tiff_directories import Directory, Entry, Tiff

_HEADER: Final = 8
# Sources: TIFF 6.0 and its supplements. A tag that is none of these is not needed to show the picture.
_KEPT: Final = frozenset(
    [
        *(
            *range(254, 260),
            *range(262, 267),
            273,
            274,
            *range(277, 285),
            286,
            287,
            *range(290, 294),
            296,
            297,
        ),
        *(301, *range(317, 326), 330, *range(332, 335), *range(336, 344), 347, *range(529, 533), 34675),
    ]
)
_DATA: Final = {273: 279, 324: 325}  # where strips and tiles begin, and how long they are
_COMPRESSION: Final = 259
_OLD_JPEG: Final = 6
_PHOTOMETRIC: Final = 262
_DNG_VERSION: Final = 50706
_SENSOR: Final = (32803, 34892)
_RAW: Final = "it is a raw photo, which needs these notes; export it as JPEG, and clean that"
_OLD: Final = "it is of a kind of TIFF that is no longer in use; save it as JPEG or PNG, and clean that"
_TANGLED: Final = "its parts overlap; save it as JPEG or PNG, and clean that"


def tiff_pieces(source: Source) -> Iterator[Piece]:
    """Yield what a TIFF file gives away, and every part of it that is not needed to show the picture.

    Raises:
        Malformed: when a part that is needed cannot be read.

    """
    yield Piece(0, 0, tuple(until_damaged(exif_facts(source, has_pages=True))))
    tiff = Tiff(source)
    pages = [one for one in tiff.directories() if one.name in ("main", "next", "sub")]
    obstacle = next((reason for page in pages if (reason := _obstacle(tiff, page))), None)
    if obstacle:
        yield Piece(0, 0, obstacle=obstacle)
    else:
        yield from _left_out(tiff, pages)


def _obstacle(tiff: Tiff, page: Directory) -> str | None:
    if page.entry(_DNG_VERSION) or tiff.first(page.entry(_PHOTOMETRIC)) in _SENSOR:
        return _RAW
    return _OLD if tiff.first(page.entry(_COMPRESSION)) == _OLD_JPEG else None


def _left_out(tiff: Tiff, pages: list[Directory]) -> Iterator[Piece]:
    """Yield each directory, made shorter, and a blank for whatever nothing points to any more."""
    directories = [_shortened(tiff, page) for page in pages]
    data = sorted({span for page in pages for span in _needed(tiff, page)})
    rewritten = [(one.start, one.end) for one in directories]
    if meet(rewritten, [(0, _HEADER), *data]):
        yield Piece(0, 0, obstacle=_TANGLED)
        return
    yield from directories
    at = _HEADER
    for start, end in sorted([*data, *rewritten]):
        if start > at:
            yield Piece(at, start, new=None)
        at = max(at, end)
    yield Piece(at, tiff.source.size, new=None)


def _shortened(tiff: Tiff, page: Directory) -> Piece:
    """Return the directory with the entries that are kept; the bytes of the others are left to be blanked."""
    order: Literal["little", "big"] = "little" if tiff.order == "<" else "big"
    kept = [entry.raw for entry in page.entries if entry.tag in _KEPT]
    new = len(kept).to_bytes(2, order) + b"".join(kept) + page.following.to_bytes(4, order)
    end = min(page.at + len(new), tiff.source.size)
    return Piece(page.at, end, new=new[: end - page.at])


def _needed(tiff: Tiff, page: Directory) -> Iterator[Span]:
    """Yield where the values of the kept entries and the compressed picture lie."""
    for entry in page.entries:
        if entry.tag in _KEPT and entry.length > 4:
            yield _within(tiff, entry.at, entry.length)
        if entry.tag in _DATA:
            yield from _spans(tiff, entry, page.entry(_DATA[entry.tag]))


def _spans(tiff: Tiff, starts: Entry, lengths: Entry | None) -> Iterator[Span]:
    places = tiff.numbers(starts)
    sizes = tiff.numbers(lengths) if lengths else ()
    if len(places) != len(sizes):
        raise Malformed("it does not say how long its parts are")
    tiff.source.budget.step(len(places))
    yield from (_within(tiff, at, size) for at, size in zip(places, sizes, strict=True))


def _within(tiff: Tiff, at: int, length: int) -> Span:
    if at + length > tiff.source.size:
        raise Malformed("it ends too early")
    return at, at + length
