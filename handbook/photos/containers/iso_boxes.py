"""The boxes that HEIC, AVIF, MP4 and MOV files are made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from handbook.photos.bounded_reader import Malformed, Source
from handbook.photos.disclosures import Fact
from handbook.photos.edits import Piece

_HEAD: Final = 8


@dataclass(frozen=True, slots=True)
class Box:
    """One box: four letters, and its content from `body` to `end`."""

    kind: bytes
    start: int
    body: int
    end: int

    @property
    def length(self) -> int:
        """Return how many bytes its content has."""
        return self.end - self.body


def boxes(source: Source, start: int, end: int) -> Iterator[Box]:
    """Yield the boxes between two places; zeros at the end, which QuickTime writes, are none.

    Raises:
        Malformed: when one does not fit in.

    """
    at = start
    while at + _HEAD <= end:
        head = source.read(at, _HEAD)
        if not any(head):
            return
        length, body = int.from_bytes(head[:4]), at + _HEAD
        if length == 1:
            length, body = source.number(body, 8), body + 8
        box = Box(head[4:], at, body, at + length if length else end)
        if not body <= box.end <= end:
            raise Malformed("it ends too early")
        yield box
        at = box.end
    if at < end and any(source.read(at, end - at)):
        raise Malformed("it ends too early")


def parts(source: Source, box: Box, skip: int = 0) -> Iterator[Box]:
    """Yield the boxes in a box, behind the first `skip` bytes of its content."""
    return boxes(source, box.body + skip, box.end)


def parts_of_meta(source: Source, box: Box) -> Iterator[Box]:
    """Yield the boxes in a `meta` box, which has a version before them everywhere but in QuickTime."""
    is_quicktime = box.length >= _HEAD and source.read(box.body + 4, 4) == b"hdlr"
    return parts(source, box, 0 if is_quicktime else 4)


def emptied(box: Box, facts: tuple[Fact, ...] = (), *, holds_files: bool = False) -> Iterator[Piece]:
    """Turn a box into an empty one of the same size, so that nothing else moves."""
    yield Piece(box.start + 4, box.start + _HEAD, facts, b"free")
    yield Piece(box.body, box.end, new=None, holds_files=holds_files)
