"""The boxes that HEIC, AVIF, MP4 and MOV files consist of."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from handbook.photos.bounded_reader import BoundedReader, MalformedData

HEADER: Final = 8


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its type, which is four letters, and its content from `body` to `end`."""

    type: bytes
    start: int
    body: int
    end: int

    @property
    def length(self) -> int:
        """Return the size of the content in bytes."""
        return self.end - self.body


def boxes(reader: BoundedReader, start: int, end: int) -> Iterator[Box]:
    """Yield the boxes between two offsets; zeros at the end, which QuickTime writes, are not a box.

    Raises:
        MalformedData: if a box does not fit.

    """
    offset = start
    while offset + HEADER <= end:
        header = reader.read(offset, HEADER)
        if not any(header):
            return
        length, body = int.from_bytes(header[:4]), offset + HEADER
        if length == 1:
            length, body = reader.number(body, 8), body + 8
        box = Box(header[4:], offset, body, offset + length if length else end)
        if not body <= box.end <= end:
            raise MalformedData("it ends too early")
        yield box
        offset = box.end
    if offset < end and any(reader.read(offset, end - offset)):
        raise MalformedData("it ends too early")


def children(reader: BoundedReader, box: Box, skip: int = 0) -> Iterator[Box]:
    """Yield the boxes in a box, after the first `skip` bytes of its content; raise as `boxes` does."""
    return boxes(reader, box.body + skip, box.end)


def children_of_meta(reader: BoundedReader, meta: Box) -> Iterator[Box]:
    """Yield the boxes in a `meta` box, which begins with a version except in QuickTime."""
    is_quicktime = meta.length >= HEADER and reader.read(meta.body + 4, 4) == b"hdlr"
    return children(reader, meta, 0 if is_quicktime else 4)


def child(reader: BoundedReader, box: Box | None, box_type: bytes) -> Box | None:
    """Return the first box of a type in a box; None if there is none, or no box to look into."""
    if box is None:
        return None
    return next((part for part in children(reader, box) if part.type == box_type), None)


def content(reader: BoundedReader, box: Box, skip: int = 0) -> BoundedReader:
    """Return a reader of a box's content, after its first `skip` bytes."""
    return reader.window(box.body + skip, box.length - skip)
