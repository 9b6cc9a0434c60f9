"""The directories of a TIFF structure, which EXIF uses too: tags with values that are found by offset."""

import math
import re
import struct
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import takewhile
from operator import itemgetter
from typing import Final

from handbook.photos.bounded_reader import BoundedReader, MalformedData
from handbook.photos.disclosures import decode_text

BYTE_ORDERS: Final = {b"II*\0": "<", b"MM\0*": ">"}
_POINTERS: Final = {330: "sub", 34665: "exif", 34853: "gps", 40965: "interoperability"}
_PAGES: Final = ("main", "next", "sub")
_SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_INTEGERS: Final = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 13: "I"}
_RATIONALS: Final = {5: "I", 10: "i"}
_FLOATS: Final = {11: "f", 12: "d"}
_WINDOWS_TEXTS: Final = range(40091, 40096)
_MAX_TEXT: Final = 1_000
_MAX_NUMBERS: Final = 1_000_000
_DATE: Final = re.compile(r"(\d{4}):(\d\d):(\d\d)(?=\s|$)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Entry:
    """One tag. `offset` is where its value is, in the directory or elsewhere; `raw` is its 12 bytes."""

    tag: int
    field_type: int
    count: int
    offset: int
    raw: bytes

    @property
    def length(self) -> int:
        """Return the size of the value in bytes."""
        return _length(self.field_type, self.count)


@dataclass(frozen=True, slots=True)
class Directory:
    """One directory; `next_offset` is 0 if none follows.

    `name` is "main", "next" for one that follows (a further page, or the thumbnail of EXIF),
    or the name of the tag that points to it.
    """

    name: str
    offset: int
    entries: tuple[Entry, ...]
    next_offset: int

    @property
    def is_page(self) -> bool:
        """Tell whether the directory may describe a picture."""
        return self.name in _PAGES

    def entry(self, tag: int) -> Entry | None:
        """Return the first entry of a tag, or None."""
        return next((entry for entry in self.entries if entry.tag == tag), None)


class Tiff:
    """A TIFF structure, and the values that its directories point to."""

    def __init__(self, reader: BoundedReader) -> None:
        """Read the header.

        Raises:
            MalformedData: if it is not that of a TIFF structure.

        """
        byte_order = BYTE_ORDERS.get(reader.read(0, 4))
        if byte_order is None:
            raise MalformedData("its header is not that of a TIFF")
        self.reader = reader
        self.byte_order = byte_order
        self._first = self._number(4, "I")

    def directories(self) -> Iterator[Directory]:
        """Yield every directory that can be read, once.

        Raises:
            MalformedData: at the end, if one of them cannot be read.

        """
        waiting = deque([("main", self._first)])
        visited = {0}
        damage: MalformedData | None = None
        while waiting:
            name, offset = waiting.popleft()
            if offset in visited:
                continue
            visited.add(offset)
            try:
                directory = self._directory(name, offset)
                waiting += self._targets(directory)
            except MalformedData as error:
                damage = damage or error
                continue
            yield directory
        if damage:
            raise damage

    def _directory(self, name: str, offset: int) -> Directory:
        count = self._number(offset, "H")
        self.reader.budget.spend_parts(count)
        start, end = offset + 2, offset + 2 + 12 * count
        data = self.reader.read(start, 12 * count)
        entries = tuple(self._entry(data[at : at + 12], start + at) for at in range(0, 12 * count, 12))
        # Some cameras leave out the last pointer, which would be 0.
        next_offset = self._number(end, "I") if end + 4 <= self.reader.size else 0
        return Directory(name, offset, entries, next_offset)

    def _entry(self, raw: bytes, start: int) -> Entry:
        tag, field_type, count, offset = struct.unpack(f"{self.byte_order}HHII", raw)
        is_inline = _length(field_type, count) <= 4
        return Entry(tag, field_type, count, start + 8 if is_inline else offset, raw)

    def _targets(self, directory: Directory) -> Iterator[tuple[str, int]]:
        for entry in directory.entries:
            if entry.tag in _POINTERS:
                offsets = self.numbers(entry)
                self.reader.budget.spend_parts(len(offsets))
                yield from ((_POINTERS[entry.tag], offset) for offset in offsets)
        # Only pages have a next one; in other directories the pointer is often left unset.
        if directory.is_page:
            yield "sub" if directory.name == "sub" else "next", directory.next_offset

    def content(self, entry: Entry) -> BoundedReader:
        """Return a reader of the value's bytes."""
        return self.reader.window(entry.offset, entry.length)

    def text(self, entry: Entry) -> str:
        """Return the value as text, or its beginning if it is long."""
        data = self.beginning(entry)
        if entry.tag in _WINDOWS_TEXTS:
            return data.decode("utf-16-le", "replace").rstrip("\0")
        return decode_text(data)

    def encoded_text(self, entry: Entry) -> str:
        """Return the text, or its beginning, after the eight bytes that name its encoding."""
        data = self.beginning(entry)
        wide = "utf-16-le" if self.byte_order == "<" else "utf-16-be"
        return data[8:].decode(wide if data.startswith(b"UNICODE") else "utf-8", "replace").strip("\0 ")

    def numbers(self, entry: Entry) -> Sequence[int]:
        """Return the value as integers; none if it has another type.

        Raises:
            MalformedData: if there are more than a million, or they are cut off.

        """
        if entry.field_type not in _INTEGERS:
            return ()
        if entry.count > _MAX_NUMBERS:
            raise MalformedData("it has too many parts")
        data = self.reader.read(entry.offset, entry.length)
        return struct.unpack(f"{self.byte_order}{entry.count}{_INTEGERS[entry.field_type]}", data)

    def first_number(self, entry: Entry | None) -> int | None:
        """Return the first of the value's integers; None if there is none."""
        return next(iter(self.numbers(entry)), None) if entry else None

    def rationals(self, entry: Entry) -> list[Fraction]:
        """Return at most three numbers, up to a fraction that divides by zero, or one without a value."""
        if entry.field_type in _FLOATS:
            return self._floats(entry)
        if entry.field_type not in _RATIONALS:
            return [Fraction(number) for number in self.numbers(entry)[:3]]
        count = min(entry.count, 3)
        layout = f"{self.byte_order}{2 * count}{_RATIONALS[entry.field_type]}"
        numbers = struct.unpack(layout, self.reader.read(entry.offset, 8 * count))
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        return [Fraction(*pair) for pair in takewhile(itemgetter(1), pairs)]

    def _floats(self, entry: Entry) -> list[Fraction]:
        count = min(entry.count, 3)
        layout = f"{self.byte_order}{count}{_FLOATS[entry.field_type]}"
        data = self.reader.read(entry.offset, struct.calcsize(layout))
        return [Fraction(number) for number in takewhile(math.isfinite, struct.unpack(layout, data))]

    def beginning(self, entry: Entry) -> bytes:
        """Return the bytes of the value, or the first thousand."""
        return self.reader.read(entry.offset, min(entry.length, _MAX_TEXT))

    def _number(self, offset: int, letter: str) -> int:
        data = self.reader.read(offset, struct.calcsize(letter))
        number: int = struct.unpack(f"{self.byte_order}{letter}", data)[0]
        return number


def _length(field_type: int, count: int) -> int:
    """Return the size of a value in bytes; programs read a value of an unknown type as single bytes."""
    return count * _SIZES.get(field_type, 1)


def with_iso_date(text: str) -> str:
    """Return a text of TIFF or EXIF with `2024:05:01` written as `2024-05-01`."""
    return _DATE.sub(r"\1-\2-\3", text)
