"""The edits that turn the bytes of a file into those of its clean copy."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO, Final

from handbook.photos.bounded_reader import BoundedReader, Span
from handbook.photos.disclosures import Disclosure

_BLOCK: Final = 2**20


@dataclass(frozen=True, slots=True)
class EmbeddedFile:
    """A file inside another one, decoded, and how a clean copy of it is encoded; None if it cannot be.

    `is_picture` says that it is shown, so that what it discloses is unknown if it cannot be read.
    """

    content: BoundedReader
    encode: Callable[[bytes], bytes] | None
    is_picture: bool


@dataclass(frozen=True, slots=True)
class Edit:
    """A span of a file that a clean copy replaces, and what the span discloses.

    `replacement` is empty if the span is cut, and None if it is filled with zeros.
    `may_contain_file` says that another file may be in the span, such as the video of a motion photo.
    `embedded` is a file that is encoded in the span; its clean copy is encoded in place of it.
    `obstacle` says why no clean copy can be made.
    An edit without bytes inserts its replacement; without one, it only carries disclosures or an obstacle.
    """

    start: int
    end: int
    disclosures: tuple[Disclosure, ...] = ()
    replacement: bytes | None = b""
    may_contain_file: bool = False
    obstacle: str | None = None
    embedded: EmbeddedFile | None = None


def overlap(edits: Sequence[Edit]) -> bool:
    """Tell whether two edits, in the order of their start, claim the same bytes."""
    return any(edit.end > following.start for edit, following in pairwise(edits))


def collide(changed: Iterable[Span], kept: Iterable[Span]) -> bool:
    """Tell whether a span to be changed shares bytes with another one, or with one to be kept."""
    spans = sorted([*((*span, True) for span in changed), *((*span, False) for span in kept)])
    end_of_any, end_of_changed = 0, 0
    for start, end, is_changed in spans:
        if start < (end_of_any if is_changed else end_of_changed):
            return True
        end_of_any = max(end_of_any, end)
        end_of_changed = max(end_of_changed, end if is_changed else 0)
    return False


def apply_edits(stream: BinaryIO, edits: Sequence[Edit]) -> Iterator[bytes]:
    """Yield the stream's bytes with the edits made, which are sorted and do not overlap."""
    offset = 0
    for edit in edits:
        yield from _copy(stream, offset, edit.start)
        yield from _zeros(edit.end - edit.start) if edit.replacement is None else (edit.replacement,)
        offset = edit.end
    yield from _copy(stream, offset, None)


def _copy(stream: BinaryIO, start: int, end: int | None) -> Iterator[bytes]:
    stream.seek(start)
    remaining = _BLOCK if end is None else end - start
    while remaining and (block := stream.read(min(remaining, _BLOCK))):
        yield block
        remaining -= 0 if end is None else len(block)


def _zeros(length: int) -> Iterable[bytes]:
    yield from (bytes(min(_BLOCK, length - done)) for done in range(0, length, _BLOCK))
