"""The chunks that WebP and WAV files consist of."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from handbook.photos.bounded_reader import BoundedReader

_CHUNK_HEADER: Final = 8


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk: its type, which is four letters, and `length` bytes of content, padded to an even number."""

    type: bytes
    start: int
    length: int

    @property
    def body(self) -> int:
        """Return where the content begins."""
        return self.start + _CHUNK_HEADER

    @property
    def end(self) -> int:
        """Return where the next chunk begins."""
        return self.body + self.length + self.length % 2


def chunks(reader: BoundedReader, start: int, end: int) -> Iterator[Chunk]:
    """Yield the chunks between two offsets, up to the last or the first that is cut off.

    A few programs leave out the byte that makes the last one even.
    """
    offset = start
    while offset + _CHUNK_HEADER <= end:
        header = reader.read(offset, _CHUNK_HEADER)
        chunk = Chunk(header[:4], offset, int.from_bytes(header[4:], "little"))
        if chunk.body + chunk.length > end:
            return
        yield chunk
        offset = chunk.end
