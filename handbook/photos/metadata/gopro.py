"""GoPro's metadata format (GPMF): nested records of measurements, in photos and videos."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from handbook.photos.bounded_reader import BoundedReader
from handbook.photos.disclosures import Category, Disclosure
from handbook.photos.metadata.gps import format_position, is_position

# Source: GPMF specification. The fix is 2 or 3 if the receiver knows where it is.
_HEADER: Final = 8
_NESTED: Final = 0
_POSITIONS: Final = (b"GPS5", b"GPS9")
_FIX: Final = b"GPSF"
_SCALE: Final = b"SCAL"
_USUAL_SCALE: Final = 10_000_000


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its name, which is four letters, and its value."""

    name: bytes
    value: BoundedReader


def disclosures(reader: BoundedReader) -> Iterator[Disclosure]:
    """Yield where the camera was, from each stream of positions; and that there are measurements.

    Raises:
        MalformedData: if the records are nested too deeply, or too many.

    """
    yield Disclosure(Category.HIDDEN, "measurements of GoPro")
    yield from _positions(reader)


def _positions(reader: BoundedReader) -> Iterator[Disclosure]:
    has_fix, scale = False, _USUAL_SCALE
    for record in _records(reader):
        if record.name == _FIX:
            has_fix = record.value.peek(0, 4)[-1:] in (b"\2", b"\3")
        elif record.name == _SCALE and record.value.size >= 4:
            scale = record.value.number(0, 4) or _USUAL_SCALE
        elif record.name in _POSITIONS:
            yield from _first_position(record.value, scale, has_fix)


def _records(reader: BoundedReader) -> Iterator[Record]:
    """Yield the records, and those that are nested in others, in the order of the file.

    The last may be cut off: cameras put no more than they must into a photo.
    """
    offset = 0
    while offset + _HEADER <= reader.size:
        header = reader.read(offset, _HEADER)
        if not any(header):
            return
        length = header[5] * int.from_bytes(header[6:])
        value = reader.window(offset + _HEADER, min(length, reader.size - offset - _HEADER))
        if header[4] == _NESTED:
            yield from _records(value)
        else:
            yield Record(header[:4], value)
        offset += _HEADER + length + -length % 4


def _first_position(value: BoundedReader, scale: int, has_fix: bool) -> Iterator[Disclosure]:
    if value.size < 8:
        yield Disclosure(Category.POSSIBLE_POSITION, "GPS of GoPro that is cut off")
        return
    latitude, longitude = (number / scale for number in struct.unpack(">ii", value.read(0, 8)))
    if is_position(latitude, longitude, has_fix=has_fix):
        yield Disclosure(Category.POSITION, format_position(latitude, longitude))
