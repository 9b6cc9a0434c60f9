"""A file, or a part of one, that is read within limits: what it says of itself is not believed."""

import io
import zlib
from dataclasses import dataclass
from typing import BinaryIO, Final

_MOST_STEPS: Final = 500_000
_SCANNED_A_STEP: Final = 4096
_DEEPEST: Final = 12
_MOST_BYTES: Final = 128 * 2**20


class Malformed(Exception):
    """A part that breaks the rules of its format; the text says how, to be read after "…: "."""


class Budget:
    """What reading one file may cost: parts looked at, and bytes held; scanned bytes are not held."""

    __slots__ = ("_bytes", "_steps")

    def __init__(self, steps: int = _MOST_STEPS, held: int = _MOST_BYTES) -> None:
        self._steps = steps
        self._bytes = held

    def step(self, count: int = 1) -> None:
        """Take note of parts.

        Raises:
            Malformed: when there were too many.

        """
        self._steps -= count
        if self._steps < 0:
            raise Malformed("it has too many parts")

    def hold(self, length: int) -> None:
        """Take note of bytes.

        Raises:
            Malformed: when there were too many.

        """
        self._bytes -= length
        if self._bytes < 0:
            raise Malformed("it holds too much besides the picture")


@dataclass(frozen=True, slots=True)
class Source:
    """`size` bytes of a seekable stream from `start`; every position is counted from there."""

    stream: BinaryIO
    start: int
    size: int
    budget: Budget
    depth: int = 0

    @classmethod
    def whole(cls, stream: BinaryIO) -> "Source":
        """Make one of a whole seekable stream."""
        return cls(stream, 0, stream.seek(0, io.SEEK_END), Budget())

    def read(self, at: int, length: int) -> bytes:
        """Return exactly `length` bytes.

        Raises:
            Malformed: when they are not all there, or the budget is spent.

        """
        if at < 0 or length < 0 or at + length > self.size:
            raise Malformed("it ends too early")
        self.budget.step()
        self.budget.hold(length)
        self.stream.seek(self.start + at)
        data = self.stream.read(length)
        if len(data) != length:
            raise Malformed("it ends too early")
        return data

    def number(self, at: int, length: int) -> int:
        """Return the unsigned number there, most significant byte first."""
        return int.from_bytes(self.read(at, length))

    def scan(self, at: int, length: int) -> bytes:
        """Return at most `length` bytes, which are looked at and forgotten.

        Raises:
            Malformed: when the budget is spent.

        """
        length = max(0, min(length, self.size - at))
        self.budget.step(1 + length // _SCANNED_A_STEP)
        self.stream.seek(self.start + at)
        return self.stream.read(length)

    def window(self, at: int, length: int) -> "Source":
        """Return a part as a source of its own, with the same budget.

        Raises:
            Malformed: when it is not all there.

        """
        if at < 0 or length < 0 or at + length > self.size:
            raise Malformed("it ends too early")
        return self._deeper(self.stream, self.start + at, length)

    def inside(self, data: bytes) -> "Source":
        """Return bytes taken out of this source as a source, with the same budget."""
        return self._deeper(io.BytesIO(data), 0, len(data))

    def _deeper(self, stream: BinaryIO, start: int, size: int) -> "Source":
        if self.depth == _DEEPEST:
            raise Malformed("its parts are nested too deeply")
        return Source(stream, start, size, self.budget, self.depth + 1)

    def inflated(self, data: bytes) -> bytes:
        """Decompress bytes, as far as the budget goes.

        Raises:
            Malformed: when they cannot be, or come to too much.

        """
        engine = zlib.decompressobj()
        try:
            text = engine.decompress(data, _MOST_BYTES // 8)
        except zlib.error:
            raise Malformed("a compressed part is damaged") from None
        self.budget.hold(len(text))
        if not engine.eof:
            raise Malformed("a compressed part is damaged or too large")
        return text
