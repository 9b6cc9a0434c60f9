"""Dash cameras: the blocks of positions that they put into their films."""

import re
import struct
from collections.abc import Iterator
from typing import Final

from handbook.photos.bounded_reader import BoundedReader
from handbook.photos.disclosures import Category, Disclosure
from handbook.photos.metadata.gps import format_position

_MAX_BLOCK: Final = 4096
_INDEX_ENTRIES: Final = 8
# Whether there is a fix, the hemispheres, and twice degrees and minutes as one number: 5130.04.
_POSITION: Final = re.compile(rb"A([NS])([EW]).(.{4})(.{4})", re.DOTALL)
_NO_FIX: Final = re.compile(rb"V[NS\0][EW\0]\0")


def disclosures(reader: BoundedReader) -> Iterator[Disclosure]:
    """Yield the first position in a block; that there may be one if the block has another form.

    Raises:
        MalformedData: if the budget is spent.

    """
    block = reader.peek(0, _MAX_BLOCK)
    positions = list(_positions(block))
    if positions:
        yield positions[0]
    elif not _NO_FIX.search(block):
        yield Disclosure(Category.POSSIBLE_POSITION, "a dash camera's GPS")


def indexed_disclosures(file: BoundedReader, index: BoundedReader) -> Iterator[Disclosure]:
    """Yield what the first block gives away that an index of blocks in the file leads to.

    Raises:
        MalformedData: if the budget is spent.

    """
    entries = index.peek(_INDEX_ENTRIES, 8)
    offset, length = struct.unpack(">II", entries) if len(entries) == 8 else (0, 0)
    if 0 < offset < file.size:
        yield from disclosures(file.window(offset, min(length, file.size - offset)))
    else:
        yield Disclosure(Category.POSSIBLE_POSITION, "a dash camera's GPS")


def _positions(block: bytes) -> Iterator[Disclosure]:
    for match in _POSITION.finditer(block):
        latitude, longitude = (_degrees(match[group]) for group in (3, 4))
        if 0 < latitude <= 90 and 0 < longitude <= 180:
            south, west = match[1] == b"S", match[2] == b"W"
            position = format_position(-latitude if south else latitude, -longitude if west else longitude)
            yield Disclosure(Category.POSITION, position)


def _degrees(data: bytes) -> float:
    """Return degrees from degrees and minutes in one number; not a number if it is none."""
    number: float = struct.unpack("<f", data)[0]
    return number // 100 + number % 100 / 60
