"""IPTC: captions, names and places of press photos, and the Photoshop resources that contain them."""

from collections.abc import Iterator
from typing import Final

from handbook.photos.bounded_reader import BoundedReader, MalformedData
from handbook.photos.disclosures import Category, Disclosure, decode_text, text_disclosures
from handbook.photos.metadata import traces

# Source: IPTC-NAA Information Interchange Model 4.2; a dataset is known by its record and its number.
_ENVELOPE: Final = 1
_APPLICATION: Final = 2
_CATEGORIES: Final = {
    (record, number): category
    for record, category, numbers in (
        (_ENVELOPE, Category.TEXT, (5, 30, 40, 100)),
        (_ENVELOPE, Category.TIME, (70, 80)),
        (_APPLICATION, Category.TEXT, (5, 7, 12, 15, 20, 22, 25, 40, 50, 103, 105, 120)),
        (_APPLICATION, Category.PLACE, (26, 27, 90, 92, 95, 100, 101)),
        (_APPLICATION, Category.TIME, (30, 35, 37, 38, 47, 55, 60, 62, 63)),
        (_APPLICATION, Category.SOFTWARE, (65, 70)),
        (_APPLICATION, Category.OWNER, (80, 85, 110, 115, 116, 118, 122)),
    )
    for number in numbers
}
# How texts are encoded, and how the picture and its preview are stored.
_TECHNICAL: Final = frozenset(
    [
        *((_ENVELOPE, number) for number in (0, 20, 22, 60, 90, 120, 122)),
        *((_APPLICATION, number) for number in (0, 3, 4, 8, 10, 42, 45, 75, 130, 131, 135)),
        *((_APPLICATION, number) for number in (150, 151, 152, 153, 154, 200, 201)),
    ]
)
_TECHNICAL_RECORDS: Final = (3, 7, 8, 9)
_MARK: Final = 0x1C
_HEADER: Final = 5
_EXTENDED_LENGTH: Final = 0x8000
# What resources of Photoshop begin with, and of programs that add their own.
_RESOURCE_MARKS: Final = (b"8BIM", b"8B64", b"AgHg", b"DCSR", b"MeSa", b"PHUT")
_NO_RESOURCE: Final = 0


def disclosures(reader: BoundedReader) -> Iterator[Disclosure]:
    """Yield what IPTC datasets give away, and a location that is written after them.

    Raises:
        MalformedData: if a value is cut off.

    """
    offset = 0
    while offset + _HEADER <= reader.size:
        header = reader.read(offset, _HEADER)
        mark, record, number, length = header[0], header[1], header[2], int.from_bytes(header[3:])
        if mark != _MARK:
            yield from traces.disclosures(reader.window(offset, reader.size - offset))
            return
        if length & _EXTENDED_LENGTH:
            raise MalformedData("its IPTC has a value that is too large")
        if category := _CATEGORIES.get((record, number)):
            yield from text_disclosures(category, _decode(reader.read(offset + _HEADER, length)))
        elif (record, number) not in _TECHNICAL and record not in _TECHNICAL_RECORDS:
            yield Disclosure(Category.HIDDEN, f"IPTC {record}:{number:02}")
            yield from traces.disclosures(reader.window(offset + _HEADER, length))
        offset += _HEADER + length
    if offset > reader.size:
        raise MalformedData("its IPTC ends too early")


def _decode(value: bytes) -> str:
    """Decode a value, which its length ends and not a NUL."""
    return decode_text(value.replace(b"\0", b" "))


def photoshop_resources(reader: BoundedReader) -> Iterator[tuple[int, BoundedReader]]:
    """Yield the number and the content of each resource of Photoshop; what follows them has the number 0.

    Raises:
        MalformedData: if a resource is cut off.

    """
    offset = 0
    while offset + 12 <= reader.size and reader.read(offset, 4) in _RESOURCE_MARKS:
        number = reader.number(offset + 4, 2)
        name = reader.number(offset + 6, 1) + 1
        offset += 6 + name + name % 2
        length = reader.number(offset, 4)
        yield number, reader.window(offset + 4, length)
        offset += 4 + length + length % 2
    if offset < reader.size:
        yield _NO_RESOURCE, reader.window(offset, reader.size - offset)
