"""IPTC and the resources of Photoshop, in JPEG and TIFF."""

from collections.abc import Iterator
from typing import Final

from handbook.photos.bounded_reader import Malformed, Source
from handbook.photos.disclosures import Fact, Kind, decoded, told

# Source: IPTC-NAA Information Interchange Model 4.2, record 2.
_KINDS: Final = {
    5: Kind.TEXT, 25: Kind.TEXT, 105: Kind.TEXT, 120: Kind.TEXT, 40: Kind.TEXT,
    26: Kind.PLACE, 27: Kind.PLACE, 90: Kind.PLACE, 92: Kind.PLACE, 95: Kind.PLACE, 100: Kind.PLACE,
    101: Kind.PLACE,
    55: Kind.TIME, 60: Kind.TIME, 62: Kind.TIME, 63: Kind.TIME,
    65: Kind.SOFTWARE,
    80: Kind.OWNER, 85: Kind.OWNER, 110: Kind.OWNER, 115: Kind.OWNER, 116: Kind.OWNER, 118: Kind.OWNER,
    122: Kind.OWNER,
}  # fmt: skip
_LONG: Final = 0x8000


def iptc_facts(source: Source) -> Iterator[Fact]:
    """Yield what IPTC data gives away; padding behind it says nothing.

    Raises:
        Malformed: when a value is cut off.

    """
    at = 0
    while at + 5 <= source.size:
        mark, record, number, length = source.read(at, 1), *_header(source, at)
        if mark != b"\x1c":
            return
        if length & _LONG:
            raise Malformed("its IPTC has a value that is too large")
        if record == 2 and number in _KINDS:
            yield from told(_KINDS[number], decoded(source.read(at + 5, length)))
        at += 5 + length
    if at > source.size:
        raise Malformed("its IPTC ends too early")


def _header(source: Source, at: int) -> tuple[int, int, int]:
    data = source.read(at + 1, 4)
    return data[0], data[1], int.from_bytes(data[2:])


def resources(source: Source) -> Iterator[tuple[int, Source]]:
    """Yield the number and the content of each resource of Photoshop.

    Raises:
        Malformed: when one is cut off.

    """
    at = 0
    while at + 12 <= source.size and source.read(at, 4) == b"8BIM":
        number = source.number(at + 4, 2)
        name = source.number(at + 6, 1) + 1
        at += 6 + name + name % 2
        length = source.number(at, 4)
        yield number, source.window(at + 4, length)
        at += 4 + length + length % 2
