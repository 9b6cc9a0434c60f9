"""What people and cameras write into MP4 and MOV: the boxes `udta`, and `meta` with its keys."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from handbook.photos.bounded_reader import Malformed, Source
from handbook.photos.containers.iso_boxes import Box, parts, parts_of_meta
from handbook.photos.disclosures import Fact, Kind, decoded, told
from handbook.photos.metadata.gps import altitude, position, position_in_quicktime
from handbook.photos.metadata.property_names import kind_of
from handbook.photos.metadata.xmp import xmp_facts

_LONGEST: Final = 1_000
_POSITION: Final = re.compile(rb"[+-]\d{2,7}(?:\.\d*)?[+-]\d{3,8}(?:\.\d*)?[^\0]*")
# Sources: QuickTime File Format, user data; 3GPP TS 26.244; what cameras write.
_KINDS: Final = {
    b"\xa9xyz": Kind.POSITION, b"\xa9day": Kind.TIME, b"date": Kind.TIME,
    b"\xa9mak": Kind.CAMERA, b"\xa9mod": Kind.CAMERA, b"manu": Kind.CAMERA, b"modl": Kind.CAMERA,
    b"\xa9swr": Kind.SOFTWARE, b"\xa9too": Kind.SOFTWARE, b"\xa9enc": Kind.SOFTWARE, b"FIRM": Kind.SOFTWARE,
    b"\xa9ART": Kind.OWNER, b"\xa9aut": Kind.OWNER, b"\xa9cpy": Kind.OWNER, b"\xa9wrt": Kind.OWNER,
    b"\xa9dir": Kind.OWNER, b"\xa9prd": Kind.OWNER, b"aART": Kind.OWNER, b"cprt": Kind.OWNER,
    b"auth": Kind.OWNER,
    b"perf": Kind.OWNER, b"own ": Kind.OWNER,
    b"\xa9nam": Kind.TEXT, b"\xa9cmt": Kind.TEXT, b"\xa9des": Kind.TEXT, b"\xa9inf": Kind.TEXT,
    b"titl": Kind.TEXT, b"dscp": Kind.TEXT, b"desc": Kind.TEXT, b"ldes": Kind.TEXT, b"name": Kind.TEXT,
    b"SNum": Kind.SERIAL, b"CAME": Kind.SERIAL, b"covr": Kind.THUMBNAIL, b"thmb": Kind.THUMBNAIL,
}  # fmt: skip
_BINARY: Final = (b"CAME",)
_SPARE: Final = (b"free", b"skip", b"wide")


def user_data_facts(source: Source, box: Box) -> Iterator[Fact]:
    """Yield what a `udta` or `meta` box gives away.

    Raises:
        Malformed: when a box inside is cut off.

    """
    if box.kind == b"meta":
        yield from _meta_facts(source, box)
        return
    for part in parts(source, box):
        yield from _READERS.get(part.kind, _text_facts)(source, part)


def _meta_facts(source: Source, box: Box) -> Iterator[Fact]:
    names: list[str] = []
    for part in parts_of_meta(source, box):
        if part.kind == b"keys":
            names = list(_keys(source, part))
        elif part.kind == b"ilst":
            for entry in parts(source, part):
                yield from _entry_facts(source, entry, names)
        elif part.kind == b"xml ":
            yield from xmp_facts(source.read(part.body + 4, part.length - 4), source.budget.step)


def _keys(source: Source, box: Box) -> Iterator[str]:
    """Yield the names of keys. Source: QuickTime File Format, metadata item keys atom."""
    return (decoded(source.read(part.body, min(part.length, 200))) for part in parts(source, box, 8))


def _entry_facts(source: Source, entry: Box, names: list[str]) -> Iterator[Fact]:
    """Yield what a value says, whose key is a number among `names` or a mark of four letters."""
    number = int.from_bytes(entry.kind)
    name = names[number - 1] if 0 < number <= len(names) else ""
    kind = kind_of(name) if name else _KINDS.get(entry.kind)
    for part in parts(source, entry):
        if part.kind == b"data" and part.length >= 8:
            text = decoded(source.read(part.body + 8, min(part.length - 8, _LONGEST)))
            yield from _valued(kind, text) if kind else ()
    if not name and entry.kind not in _KINDS:
        yield from told(Kind.HIDDEN, decoded(entry.kind))


def _valued(kind: Kind, text: str) -> Iterator[Fact]:
    if kind is Kind.THUMBNAIL:
        yield Fact(kind)
    else:
        yield from told(kind, position_in_quicktime(text) if kind is Kind.POSITION else text)


def _text_facts(source: Source, box: Box) -> Iterator[Fact]:
    """Yield what a text in user data says; a size and a language, or a version, may stand before it."""
    kind = _KINDS.get(box.kind)
    if kind is None:
        if box.length and box.kind not in _SPARE:
            yield from told(Kind.HIDDEN, decoded(box.kind))
        return
    data = source.read(box.body, min(box.length, _LONGEST))
    yield from _valued(kind, data.hex() if box.kind in _BINARY else _text(box.kind, data))


def _text(kind: bytes, data: bytes) -> str:
    found = _POSITION.search(data) if kind == b"\xa9xyz" else None
    if found:
        return decoded(found[0])
    if kind.startswith(b"\xa9"):
        return decoded(data[4 : 4 + int.from_bytes(data[:2])])
    return decoded(data[6:] if data.startswith(b"\0\0\0\0") else data)


def _place_facts(source: Source, box: Box) -> Iterator[Fact]:
    """Yield a place and its position. Source: 3GPP TS 26.244, LocationInformationBox."""
    data = source.read(box.body, min(box.length, _LONGEST))
    name, _, rest = data[6:].partition(b"\0")
    if len(rest) < 13:
        raise Malformed("its place is cut off")
    longitude, latitude, height = (int.from_bytes(rest[at : at + 4], signed=True) / 2**16 for at in (1, 5, 9))
    yield Fact(Kind.POSITION, position(latitude, longitude))
    yield Fact(Kind.POSITION, altitude(height))
    for text in (name, *rest[13:].split(b"\0")[:2]):
        yield from told(Kind.PLACE, decoded(text))


def _packet(source: Source, box: Box) -> Iterator[Fact]:
    return xmp_facts(source.read(box.body, box.length), source.budget.step)


_READERS: Final[Mapping[bytes, Callable[[Source, Box], Iterator[Fact]]]] = {
    b"meta": _meta_facts,
    b"loci": _place_facts,
    b"XMP_": _packet,
}
