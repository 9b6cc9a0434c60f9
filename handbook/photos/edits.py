"""What cleaning does to the bytes of a file: parts are cut, replaced or blanked, and the rest is copied."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO, Final, TypeAlias

from handbook.photos.disclosures import Fact

Span: TypeAlias = tuple[int, int]
_BLOCK: Final = 2**20


@dataclass(frozen=True, slots=True)
class Piece:
    """A part that a clean copy does without, and what it gives away.

    `new` stands in its place: nothing to cut it, None for as many zeros.
    `holds_files` says that the part may be a file of its own, such as the video of a motion photo.
    `obstacle` says why the part cannot be taken out.
    """

    start: int
    end: int
    facts: tuple[Fact, ...] = ()
    new: bytes | None = b""
    holds_files: bool = False
    obstacle: str | None = None


def overlapping(pieces: Sequence[Piece]) -> bool:
    """Tell whether two pieces, sorted by place, claim the same bytes."""
    return any(one.end > other.start for one, other in pairwise(pieces))


def meet(changed: Iterable[Span], kept: Iterable[Span]) -> bool:
    """Tell whether a span that is to be changed shares bytes with another one, or with one that is kept."""
    spans = sorted([*((*span, True) for span in changed), *((*span, False) for span in kept)])
    reached, reached_by_changed = 0, 0
    for start, end, is_changed in spans:
        if start < (reached if is_changed else reached_by_changed):
            return True
        reached = max(reached, end)
        reached_by_changed = max(reached_by_changed, end if is_changed else 0)
    return False


def edited(stream: BinaryIO, pieces: Sequence[Piece]) -> Iterator[bytes]:
    """Yield the stream's bytes with the pieces, sorted and apart from one another, replaced."""
    at = 0
    for piece in pieces:
        yield from _copied(stream, at, piece.start)
        yield from _zeros(piece.end - piece.start) if piece.new is None else (piece.new,)
        at = piece.end
    yield from _copied(stream, at, None)


def _copied(stream: BinaryIO, start: int, end: int | None) -> Iterator[bytes]:
    stream.seek(start)
    left = _BLOCK if end is None else end - start
    while left and (block := stream.read(min(left, _BLOCK))):
        yield block
        left -= 0 if end is None else len(block)


def _zeros(length: int) -> Iterable[bytes]:
    yield from (bytes(min(_BLOCK, length - at)) for at in range(0, length, _BLOCK))
