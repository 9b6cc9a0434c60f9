"""User data of MP4 and MOV: what people and cameras write into the boxes `udta` and `meta`."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from handbook.photos.bounded_reader import BoundedReader, MalformedData
from handbook.photos.disclosures import Category, Disclosure, decode_text, text_disclosures
from handbook.photos.metadata import gopro, unknown_data, xmp
from handbook.photos.metadata.gps import format_altitude, format_position, is_position, position_from_iso6709
from handbook.photos.metadata.property_names import category_of, is_technical
from handbook.photos.structures.iso_boxes import Box, boxes, child, children, children_of_meta, content

_MAX_TEXT: Final = 1_000
_MAX_KEY: Final = 200
_POSITION: Final = re.compile(rb"[+-]\d{2,7}(?:\.\d*)?[+-]\d{3,8}(?:\.\d*)?[^\0]*")
# Sources: QuickTime File Format, user data; 3GPP TS 26.244; what cameras write.
_CATEGORIES: Final = {
    box_type: category
    for category, types in {
        Category.POSITION: (b"\xa9xyz",),
        Category.TIME: (b"\xa9day", b"date"),
        Category.CAMERA: (b"\xa9mak", b"\xa9mod", b"manu", b"modl"),
        Category.SOFTWARE: (b"\xa9swr", b"\xa9too", b"\xa9enc", b"FIRM"),
        Category.OWNER: (
            *(b"\xa9ART", b"\xa9aut", b"\xa9cpy", b"\xa9wrt", b"\xa9dir", b"\xa9prd"),
            *(b"aART", b"cprt", b"auth", b"perf", b"own "),
        ),
        Category.TEXT: (
            *(b"\xa9nam", b"\xa9cmt", b"\xa9des", b"\xa9inf"),
            *(b"titl", b"dscp", b"desc", b"ldes", b"name"),
        ),
        Category.SERIAL: (b"SNum", b"CAME"),
        Category.THUMBNAIL: (b"covr", b"thmb"),
    }.items()
    for box_type in types
}
_BINARY: Final = (b"CAME",)
_PADDING: Final = (b"free", b"skip", b"wide")
# Parts of `meta` that say how the others are to be read. Source: ISO/IEC 14496-12, MetaBox.
_STRUCTURE: Final = (b"hdlr", b"mhdr", b"pitm", b"dinf", b"iloc", b"iinf", b"iref", b"iprp", b"ipro", b"grpl")


def disclosures(reader: BoundedReader) -> Iterator[Disclosure]:
    """Yield what a `udta` or `meta` box, with its header, gives away.

    Raises:
        MalformedData: if a box inside is cut off.

    """
    for box in boxes(reader, 0, reader.size):
        yield from (_meta if box.type == b"meta" else _user_data)(reader, box)


def _user_data(reader: BoundedReader, box: Box) -> Iterator[Disclosure]:
    for part in children(reader, box):
        yield from _READERS.get(part.type, _text)(reader, part)


def _meta(reader: BoundedReader, box: Box) -> Iterator[Disclosure]:
    keys: list[str] = []
    for part in children_of_meta(reader, box):
        if part.type == b"keys":
            keys = list(_keys(reader, part))
        elif part.type == b"ilst":
            for item in children(reader, part):
                yield from _item(reader, item, keys)
        elif part.type == b"xml ":
            yield from xmp.disclosures(content(reader, part, 4))
        elif part.type not in _STRUCTURE:
            yield from _text(reader, part)


def _keys(reader: BoundedReader, box: Box) -> Iterator[str]:
    """Yield the names of keys. Source: QuickTime File Format, metadata item keys atom."""
    for key in children(reader, box, 8):
        yield decode_text(reader.read(key.body, min(key.length, _MAX_KEY)))


def _item(reader: BoundedReader, item: Box, keys: Sequence[str]) -> Iterator[Disclosure]:
    """Yield what an item says; its type is the number of one of the `keys`, or four letters."""
    number = int.from_bytes(item.type)
    key = keys[number - 1] if 0 < number <= len(keys) else _own_name(reader, item)
    category = category_of(key) if key else _CATEGORIES.get(item.type)
    for part in children(reader, item):
        if category and part.type == b"data" and part.length >= 8:
            value = content(reader, part, 8)
            yield from _value(category, decode_text(value.peek(0, _MAX_TEXT)), value)
    if category is None and not is_technical(key):
        yield from unknown_data.disclosures(content(reader, item), key or decode_text(item.type))


def _own_name(reader: BoundedReader, item: Box) -> str:
    """Return the name that an item of iTunes has in itself; empty if it has none."""
    name = child(reader, item, b"name") if item.type == b"----" else None
    return decode_text(reader.read(name.body + 4, min(name.length - 4, _MAX_KEY))) if name else ""


def _value(category: Category, text: str, value: BoundedReader) -> Iterator[Disclosure]:
    """Yield what a value says, whose beginning is a text unless it is a picture."""
    is_written = category is Category.PLACE and _POSITION.match(text.encode())
    if category is Category.POSITION or is_written:
        yield from text_disclosures(Category.POSITION, position_from_iso6709(text))
        return
    yield from [Disclosure(category)] if category is Category.THUMBNAIL else text_disclosures(category, text)
    yield from unknown_data.locations(value)


def _text(reader: BoundedReader, box: Box) -> Iterator[Disclosure]:
    category, value = _CATEGORIES.get(box.type), content(reader, box)
    if category:
        data = value.peek(0, _MAX_TEXT)
        yield from _value(category, data.hex() if box.type in _BINARY else _decode(box.type, data), value)
    elif box.type in _PADDING:
        yield from unknown_data.locations(value)
    elif box.length:
        yield from unknown_data.disclosures(value, decode_text(box.type))


def _decode(box_type: bytes, data: bytes) -> str:
    """Decode a text of user data, which a size and a language, or a version, may precede."""
    position = _POSITION.search(data) if box_type == b"\xa9xyz" else None
    if position:
        return decode_text(position[0])
    if box_type.startswith(b"\xa9"):
        return decode_text(data[4 : 4 + int.from_bytes(data[:2])])
    return decode_text(data[6:] if data.startswith(b"\0\0\0\0") else data)


def _location(reader: BoundedReader, box: Box) -> Iterator[Disclosure]:
    """Yield a place and its position. Source: 3GPP TS 26.244, LocationInformationBox."""
    data = reader.read(box.body, min(box.length, _MAX_TEXT))
    name, _, rest = data[6:].partition(b"\0")
    if len(rest) < 13:
        raise MalformedData("its location is cut off")
    longitude, latitude, altitude = (_fixed_point(rest[start : start + 4]) for start in (1, 5, 9))
    if is_position(latitude, longitude, has_fix=False):
        yield Disclosure(Category.POSITION, format_position(latitude, longitude))
        yield Disclosure(Category.POSITION, format_altitude(altitude))
    # The body of the solar system, which is the Earth, does not say more.
    for text in (name, *rest[13:].split(b"\0")[1:2]):
        yield from text_disclosures(Category.PLACE, decode_text(text))


def _fixed_point(data: bytes) -> float:
    return int.from_bytes(data, signed=True) / 2**16


def _xmp(reader: BoundedReader, box: Box) -> Iterator[Disclosure]:
    return xmp.disclosures(content(reader, box))


def _gopro(reader: BoundedReader, box: Box) -> Iterator[Disclosure]:
    return gopro.disclosures(content(reader, box))


_READERS: Final[Mapping[bytes, Callable[[BoundedReader, Box], Iterator[Disclosure]]]] = {
    b"meta": _meta,
    b"loci": _location,
    b"XMP_": _xmp,
    b"GPMF": _gopro,
}
