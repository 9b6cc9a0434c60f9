"""The directories of a TIFF structure, which EXIF is too: tags with values, found by their offsets."""

import struct
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from handbook.photos.bounded_reader import Malformed, Source
from handbook.photos.disclosures import decoded

MAGIC: Final = {b"II*\0": "<", b"MM\0*": ">"}
_POINTERS: Final = {330: "sub", 34665: "exif", 34853: "gps", 40965: "interoperability"}
_SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_LETTERS: Final = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 13: "I"}
_LONGEST_TEXT: Final = 1_000
_MOST_NUMBERS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One tag. `at` is where its value lies, in the directory itself or elsewhere; `raw` its 12 bytes."""

    tag: int
    form: int
    count: int
    at: int
    raw: bytes

    @property
    def length(self) -> int:
        """Return the bytes of the value; 0 where its type is unknown."""
        return self.count * _SIZES.get(self.form, 0)


@dataclass(frozen=True, slots=True)
class Directory:
    """One directory: `main` or `next` (a further page, in EXIF the thumbnail), or what a tag pointed to."""

    name: str
    at: int
    entries: tuple[Entry, ...]
    following: int

    def entry(self, tag: int) -> Entry | None:
        """Return the first entry with a tag, or None."""
        return next((entry for entry in self.entries if entry.tag == tag), None)


class Tiff:
    """A TIFF structure; reads what its directories point to."""

    def __init__(self, source: Source) -> None:
        """Read the header.

        Raises:
            Malformed: when it is none.

        """
        self.source = source
        order = MAGIC.get(source.read(0, 4))
        if order is None:
            raise Malformed("its header is not one of TIFF")
        self.order = order
        self._first = self._number(4, "I")

    def directories(self) -> Iterator[Directory]:
        """Yield every directory that can be read, once.

        Raises:
            Malformed: at the end, when one of them could not be.

        """
        waiting = deque([("main", self._first)])
        seen = {0}
        damage: Malformed | None = None
        while waiting:
            name, at = waiting.popleft()
            if at in seen:
                continue
            seen.add(at)
            try:
                directory = self._directory(name, at)
                waiting += self._pointed_to(directory)
            except Malformed as flaw:
                damage = damage or flaw
                continue
            yield directory
        if damage:
            raise damage

    def _directory(self, name: str, at: int) -> Directory:
        count = self._number(at, "H")
        self.source.budget.step(count)
        data = self.source.read(at + 2, 12 * count)
        entries = tuple(
            self._entry(data[start : start + 12], at + 2 + start) for start in range(0, 12 * count, 12)
        )
        end = at + 2 + 12 * count
        # Some cameras leave out the last pointer, which would be none.
        return Directory(name, at, entries, self._number(end, "I") if end + 4 <= self.source.size else 0)

    def _entry(self, raw: bytes, at: int) -> Entry:
        tag, form, count, offset = struct.unpack(f"{self.order}HHII", raw)
        inside = count * _SIZES.get(form, 0) <= 4
        return Entry(tag, form, count, at + 8 if inside else offset, raw)

    def _pointed_to(self, directory: Directory) -> Iterator[tuple[str, int]]:
        for entry in directory.entries:
            if entry.tag in _POINTERS:
                places = self.numbers(entry)
                self.source.budget.step(len(places))
                yield from ((_POINTERS[entry.tag], at) for at in places)
        # Only pages have a next one; elsewhere the pointer is often left unset.
        if directory.name in ("main", "next", "sub"):
            yield "sub" if directory.name == "sub" else "next", directory.following

    def data(self, entry: Entry) -> bytes:
        """Return the value as bytes."""
        return self.source.read(entry.at, entry.length)

    def text(self, entry: Entry) -> str:
        """Return the value as text, as far as a person would read it."""
        data = self.source.read(entry.at, min(entry.length, _LONGEST_TEXT))
        return (
            data.decode("utf-16-le", "replace").rstrip("\0") if 40091 <= entry.tag <= 40095 else decoded(data)
        )

    def numbers(self, entry: Entry) -> Sequence[int]:
        """Return the value as whole numbers, none where it has no such type."""
        if entry.form not in _LETTERS:
            return ()
        if entry.count > _MOST_NUMBERS:
            raise Malformed("it has too many parts")
        return struct.unpack(f"{self.order}{entry.count}{_LETTERS[entry.form]}", self.data(entry))

    def first(self, entry: Entry | None) -> int | None:
        """Return the first of the whole numbers, None where there is none."""
        return next(iter(self.numbers(entry)), None) if entry else None

    def fractions(self, entry: Entry) -> list[Fraction]:
        """Return the value as at most three fractions, none where it has another type or divides by zero."""
        if entry.form not in (5, 10):
            return []
        count = min(entry.count, 3)
        letter = "I" if entry.form == 5 else "i"
        parts = struct.unpack(f"{self.order}{2 * count}{letter}", self.source.read(entry.at, 8 * count))
        pairs = list(zip(parts[::2], parts[1::2], strict=True))
        return [Fraction(top, bottom) for top, bottom in pairs] if all(bottom for _, bottom in pairs) else []

    def _number(self, at: int, letter: str) -> int:
        number: int = struct.unpack(f"{self.order}{letter}", self.source.read(at, struct.calcsize(letter)))[0]
        return number
