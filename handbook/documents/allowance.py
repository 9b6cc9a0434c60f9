"""What reading one document may cost, counted in bytes and parts, so that a slow computer refuses nothing."""

from typing import Final

from handbook.photos.bounded_reader import Budget, MalformedData

MOST_BYTES: Final = 64 * 2**20
_ALL_BYTES: Final = 192 * 2**20
_MAX_ELEMENTS: Final = 1_000_000
_MAX_DEPTH: Final = 3


class Allowance:
    """What is left for one document and everything in it, whichever part of it is read."""

    __slots__ = ("_bytes", "_elements", "depth", "pictures")

    def __init__(self) -> None:
        self._bytes = _ALL_BYTES
        self._elements = _MAX_ELEMENTS
        self.depth = 0
        self.pictures = Budget()

    @property
    def part_bytes(self) -> int:
        """Return how large the next part may be."""
        return min(MOST_BYTES, self._bytes)

    def spend_bytes(self, length: int) -> None:
        """Count bytes of a part.

        Raises:
            MalformedData: if the part or the document is too large.

        """
        if length > self.part_bytes:
            raise MalformedData("it holds more data than can be checked")
        self._bytes -= length

    def spend_element(self, cost: int = 1) -> None:
        """Count an element of XML, or an object of a PDF, which costs more.

        Raises:
            MalformedData: if the document has too many.

        """
        self._elements -= cost
        if self._elements < 0:
            raise MalformedData("it has too many parts")

    def enter(self) -> None:
        """Count a document in a document.

        Raises:
            MalformedData: if they are nested too deeply.

        """
        if self.depth == _MAX_DEPTH:
            raise MalformedData("documents are nested in it too deeply")
        self.depth += 1

    def leave(self) -> None:
        """Return to the document around."""
        self.depth -= 1
