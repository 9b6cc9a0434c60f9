"""What one photo or video gives away, and what cleaning would take out of it."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from handbook.photos.bounded_reader import Malformed, Source
from handbook.photos.containers.formats import HEAD, Format, format_of
from handbook.photos.disclosures import Fact, Kind, in_order
from handbook.photos.edits import Piece

_BLOCK: Final = 2**20
_TRIES: Final = 16
_FILE: Final = re.compile(rb"\xff\xd8\xff[\xc0-\xfe]|....ftyp", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found in one file.

    `unreadable` says why some of it could not be read; what was found before that is kept.
    `obstacle` says why it cannot be cleaned.
    """

    format: str
    facts: tuple[Fact, ...]
    pieces: tuple[Piece, ...]
    unreadable: str | None
    obstacle: str | None


@dataclass(frozen=True, slots=True)
class Locations:
    """Where a file says that it was taken; `unreadable` says why it may say more than that."""

    facts: tuple[Fact, ...] = ()
    unreadable: str | None = None


def locations_in(path: Path) -> Locations:
    """Return where a file says that it was taken; nothing for a file that is no photo or video.

    Raises:
        OSError: when the file cannot be opened.

    """
    with path.open("rb", buffering=0) as file:
        head = file.read(HEAD)
        if format_of(head) is None:
            return Locations()
        with io.BufferedReader(file) as stream:
            return locations_from(stream)


def locations_from(stream: BinaryIO) -> Locations:
    """Return where the file in a seekable stream says that it was taken."""
    found = survey(stream)
    if found is None:
        return Locations()
    damage = next((fact.value for fact in found.facts if fact.kind is Kind.DAMAGED), None)
    reason = found.unreadable or damage
    return Locations(
        tuple(fact for fact in found.facts if fact.is_location),
        f"it cannot be read as {found.format}: {reason}" if reason else None,
    )


def survey(stream: BinaryIO) -> Survey | None:
    """Read the file in a seekable stream; None where it is no photo or video."""
    return _survey(Source.whole(stream))


def _survey(source: Source) -> Survey | None:
    kind = format_of(source.scan(0, HEAD))
    if kind is None:
        return None
    pieces: list[Piece] = []
    unreadable = None
    try:
        pieces.extend(_with_files(source, kind))
    except Malformed as flaw:
        unreadable = str(flaw)
    pieces.sort(key=lambda piece: (piece.start, piece.end))
    facts = in_order(fact for piece in pieces for fact in piece.facts)
    obstacle = next((piece.obstacle for piece in pieces if piece.obstacle), None)
    return Survey(kind.name, facts, tuple(pieces), unreadable, obstacle)


def _with_files(source: Source, kind: Format) -> Iterator[Piece]:
    for piece in kind.pieces(source):
        yield piece
        if piece.holds_files:
            yield Piece(piece.start, piece.start, tuple(_files_in(source, piece.start, piece.end)))


def _files_in(source: Source, start: int, end: int) -> Iterator[Fact]:
    """Yield what a part gives away that may be a photo or video of its own, with something before it."""
    at = start
    for _ in range(_TRIES):
        at = _next_file(source, at, end)
        found = _survey(source.window(at, end - at)) if at < end else None
        if found and (not found.unreadable or any(fact.is_location for fact in found.facts)):
            yield Fact(Kind.HIDDEN, f"another file in it, {found.format}")
            yield from found.facts
            return
        at += 1
    if not _is_blank(source, start, end):
        yield Fact(Kind.HIDDEN, "behind the picture")


def _next_file(source: Source, at: int, end: int) -> int:
    """Return where the next photo or video may begin, `end` where none does."""
    while at < end:
        block = source.scan(at, min(_BLOCK, end - at))
        found = _FILE.search(block)
        if found:
            return at + found.start()
        at += len(block) if len(block) < _BLOCK else _BLOCK - 8  # It may begin at the end of a block.
    return end


def _is_blank(source: Source, start: int, end: int) -> bool:
    blocks = (source.scan(at, min(_BLOCK, end - at)) for at in range(start, end, _BLOCK))
    return not any(block.strip(b"\0") for block in blocks)
