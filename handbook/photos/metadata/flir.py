"""FLIR: what thermal cameras record in JPEG files, which may be split among segments."""

import struct
from collections.abc import Iterator
from typing import Final

from handbook.photos.bounded_reader import BoundedReader, MalformedData
from handbook.photos.disclosures import Category, Disclosure
from handbook.photos.metadata.gps import format_position

_SIGNATURES: Final = (b"FFF\0", b"AFF\0")
_RECORD: Final = 32
_GPS: Final = 0x2B
_MAX_RECORDS: Final = 1_000


def disclosures(reader: BoundedReader) -> Iterator[Disclosure]:
    """Yield where a thermal picture was taken. Source: the description of FFF in ExifTool.

    Raises:
        MalformedData: if the records cannot be read.

    """
    yield Disclosure(Category.HIDDEN, "FLIR")
    if reader.read(0, 4) not in _SIGNATURES:
        raise MalformedData("its FLIR data has an unknown form")
    start, count = struct.unpack(">II", reader.read(0x18, 8))
    order = ">"
    if count > _MAX_RECORDS:
        start, count = struct.unpack("<II", reader.read(0x18, 8))
        order = "<"
    if count > _MAX_RECORDS:
        raise MalformedData("its FLIR data has too many parts")
    for offset in range(start, start + count * _RECORD, _RECORD):
        record = reader.read(offset, _RECORD)
        if struct.unpack(f"{order}H", record[:2])[0] == _GPS:
            yield from _position(reader.window(*struct.unpack(f"{order}II", record[12:20])))


def _position(record: BoundedReader) -> Iterator[Disclosure]:
    """Yield the position of a record that says whether it is valid in its first number."""
    data = record.read(0, 0x20)
    order = "<" if data[0] else ">"
    if not any(data[:4]):
        return
    latitude, longitude = struct.unpack(f"{order}dd", data[0x10:0x20])
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise MalformedData("its FLIR data has a position in an unknown form")
    latitude, longitude = _signed(latitude, data[8:10], b"S"), _signed(longitude, data[10:12], b"W")
    yield Disclosure(Category.POSITION, format_position(latitude, longitude))


def _signed(degrees: float, reference: bytes, negative: bytes) -> float:
    return -abs(degrees) if reference[:1] == negative else degrees
