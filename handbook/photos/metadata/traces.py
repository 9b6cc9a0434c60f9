"""Traces of locations in data of an unknown kind: texts that state one, and the marks of recorders."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from handbook.photos.bounded_reader import BoundedReader
from handbook.photos.disclosures import Category, Disclosure, decode_text, written_locations

_BEGINNING: Final = 2**20
_END: Final = 2**16
_READ_PER_PART: Final = 32
_MAX_LOCATIONS: Final = 100
_TEXTS: Final = re.compile(rb"[\x20-\x7e]{8,4000}|(?:[\x20-\x7e]\0){8,4000}")
# How the boxes begin in which Garmin's and 360Fly's cameras record where they are. Source: ExifTool.
_SENSORS: Final = (
    bytes.fromhex("9b630f8d637440ec8204bc5ff5091728"),
    bytes.fromhex("efe1589abb7749ef809527759eb1dc6f"),
)
# Names of properties, and marks of dash cameras, 360° cameras and photo programs. All of them are long
# enough not to occur by chance.
_MARKS: Final = re.compile(
    rb"freeGPS |LIGOGPSINFO|GPS_?(?:[Ll]atitude|[Ll]ongitude|[Pp]osition|[Cc]oordinates|Info)"
    rb"|location\.ISO6709|8db42d694ccc418790edff439fe026bf|~[\x10\x18]\x04.{1,9}0MIE|MCC_Data|\xa9xyz\0"
    rb"|GKU_GPSDATA|__V35AX_QVDATA__|RMETA\0|PNDM\0|loci\0{4}|" + b"|".join(map(re.escape, _SENSORS)),
    re.DOTALL,
)
_NAMES: Final = {
    b"8db42d694ccc418790edff439fe026bf": "Insta360",
    b"MCC_Data": "the country of the phone network",
    b"freeGPS ": "a dash camera's GPS",
    b"LIGOGPSINFO": "a dash camera's GPS",
    b"GKU_GPSDATA": "a dash camera's GPS",
    b"__V35AX_QVDATA__": "a dash camera's GPS",
    b"loci\0\0\0\0": "a place",
    **dict.fromkeys(_SENSORS, "measurements of a camera"),
    b"PNDM\0": "a dash camera's GPS",
    b"RMETA\0": "notes of a survey camera",
}


def disclosures(reader: BoundedReader) -> Iterator[Disclosure]:
    """Yield the locations that are written in the data, and what may be one; of long data, of its two ends.

    Raises:
        MalformedData: if the budget is spent.

    """
    for data in ends(reader):
        reader.budget.spend_parts(len(data) // _READ_PER_PART)
        yield from islice(_written(data), _MAX_LOCATIONS)
        for mark in {match[0] for match in islice(_MARKS.finditer(data), _MAX_LOCATIONS)}:
            yield Disclosure(Category.POSSIBLE_POSITION, _NAMES.get(mark) or _name(mark))


def _written(data: bytes) -> Iterator[Disclosure]:
    for text in _TEXTS.finditer(data):
        yield from written_locations(decode_text(text[0].replace(b"\0", b"")))


def ends(reader: BoundedReader) -> Iterator[bytes]:
    """Yield the first megabyte of the data, and the last 64 kB if there is more."""
    yield reader.peek(0, _BEGINNING)
    if reader.size > _BEGINNING:
        yield reader.peek(max(_BEGINNING, reader.size - _END), _END)


def _name(mark: bytes) -> str:
    return "".join(letter for letter in mark.decode("latin-1") if letter.isascii() and letter.isalnum())
