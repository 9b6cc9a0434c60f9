"""Reading of untrusted files within limits on parts, bytes and nesting."""

import io
import zlib
from dataclasses import dataclass
from typing import BinaryIO, Final, TypeAlias

Span: TypeAlias = tuple[int, int]

_MAX_PARTS: Final = 500_000
_MAX_BYTES: Final = 128 * 2**20
_MAX_DEPTH: Final = 12
_MAX_INFLATED: Final = 16 * 2**20
_PEEKED_PER_PART: Final = 4096


class MalformedData(Exception):
    """A part of a file breaks the rules of its format; the text says how, to be read after "…: "."""


class Budget:
    """What reading one file may cost: the parts that are visited, and the bytes that are held in memory."""

    __slots__ = ("_bytes", "_parts")

    def __init__(self) -> None:
        self._parts = _MAX_PARTS
        self._bytes = _MAX_BYTES

    def spend_parts(self, count: int = 1) -> None:
        """Count visited parts.

        Raises:
            MalformedData: if the file has too many.

        """
        self._parts -= count
        if self._parts < 0:
            raise MalformedData("it has too many parts")

    def spend_bytes(self, length: int) -> None:
        """Count bytes that are held in memory.

        Raises:
            MalformedData: if the file makes us hold too many.

        """
        self._bytes -= length
        if self._bytes < 0:
            raise MalformedData("it holds too much data besides the picture")


@dataclass(frozen=True, slots=True)
class BoundedReader:
    """Reads `size` bytes of a seekable stream from `start`; offsets are relative to `start`."""

    stream: BinaryIO
    start: int
    size: int
    budget: Budget
    depth: int = 0

    @classmethod
    def of_stream(cls, stream: BinaryIO) -> "BoundedReader":
        """Make a reader of a whole seekable stream, with a fresh budget."""
        return cls(stream, 0, stream.seek(0, io.SEEK_END), Budget())

    def read(self, offset: int, length: int) -> bytes:
        """Return exactly `length` bytes.

        Raises:
            MalformedData: if the bytes are not all there, or the budget is spent.

        """
        self._require(offset, length)
        self.budget.spend_parts()
        self.budget.spend_bytes(length)
        self.stream.seek(self.start + offset)
        data = self.stream.read(length)
        if len(data) != length:
            raise MalformedData("it ends too early")
        return data

    def read_all(self) -> bytes:
        """Return every byte; raise as `read` does."""
        return self.read(0, self.size)

    def number(self, offset: int, length: int) -> int:
        """Return the unsigned big-endian number of `length` bytes; raise as `read` does."""
        return int.from_bytes(self.read(offset, length))

    def peek(self, offset: int, length: int) -> bytes:
        """Return at most `length` bytes, which the caller looks at and does not keep.

        Raises:
            MalformedData: if the budget is spent.

        """
        length = max(0, min(length, self.size - offset))
        self.budget.spend_parts(1 + length // _PEEKED_PER_PART)
        self.stream.seek(self.start + offset)
        return self.stream.read(length)

    def window(self, offset: int, length: int) -> "BoundedReader":
        """Return a reader of a part, with the same budget.

        Raises:
            MalformedData: if the part is not all there, or nested too deeply.

        """
        self._require(offset, length)
        return self._nested(self.stream, self.start + offset, length)

    def derived(self, data: bytes) -> "BoundedReader":
        """Return a reader of bytes that were decoded or joined from this one, with the same budget.

        Raises:
            MalformedData: if they are nested too deeply.

        """
        return self._nested(io.BytesIO(data), 0, len(data))

    def inflate(self, data: bytes) -> bytes:
        """Decompress zlib data.

        Raises:
            MalformedData: if the data is damaged, or too large when decompressed.

        """
        decompressor = zlib.decompressobj()
        try:
            inflated = decompressor.decompress(data, _MAX_INFLATED)
        except zlib.error:
            raise MalformedData("a compressed part is damaged") from None
        self.budget.spend_bytes(len(inflated))
        if not decompressor.eof:
            raise MalformedData("a compressed part is damaged or too large")
        return inflated

    def _require(self, offset: int, length: int) -> None:
        if offset < 0 or length < 0 or offset + length > self.size:
            raise MalformedData("it ends too early")

    def _nested(self, stream: BinaryIO, start: int, size: int) -> "BoundedReader":
        if self.depth == _MAX_DEPTH:
            raise MalformedData("its parts are nested too deeply")
        return BoundedReader(stream, start, size, self.budget, self.depth + 1)
