"""Vorbis comments: what FLAC and Ogg say in lines such as `ARTIST=Robin Doe`."""

import base64
import binascii
from collections.abc import Iterator
from typing import Final

from handbook.photos.bounded_reader import BoundedReader
from handbook.photos.disclosures import Category, Disclosure, decode_text, text_disclosures
from handbook.photos.metadata import unknown_data
from handbook.photos.metadata.property_names import category_of

_OWNERS: Final = frozenset(
    "ARTIST PERFORMER COMPOSER CONDUCTOR COPYRIGHT LICENSE ORGANIZATION CONTACT ALBUMARTIST".split()  # noqa: SIM905
)
_PICTURES: Final = ("METADATA_BLOCK_PICTURE", "COVERART")
_PARTS_PER_COMMENT: Final = 16
_MAX_TEXT: Final = 4_000


def disclosures(reader: BoundedReader) -> Iterator[Disclosure]:
    """Yield what comments give away, and which software wrote them.

    Raises:
        MalformedData: if a comment is cut off.

    """
    length = _length(reader, 0)
    yield from text_disclosures(Category.SOFTWARE, decode_text(reader.read(4, length)[:_MAX_TEXT]))
    offset = 8 + length
    for _ in range(_length(reader, offset - 4)):
        reader.budget.spend_parts(_PARTS_PER_COMMENT)
        length = _length(reader, offset)
        name, _, value = reader.read(offset + 4, length).partition(b"=")
        yield from _comment(reader, decode_text(name).upper(), value)
        offset += 4 + length


def _length(reader: BoundedReader, offset: int) -> int:
    return int.from_bytes(reader.read(offset, 4), "little")


def _comment(reader: BoundedReader, name: str, value: bytes) -> Iterator[Disclosure]:
    if name in _PICTURES:
        yield Disclosure(Category.THUMBNAIL)
        yield from unknown_data.locations(reader.derived(_decoded(value)))
    else:
        category = Category.OWNER if name in _OWNERS else category_of(name.lower()) or Category.TEXT
        yield from text_disclosures(category, decode_text(value[:_MAX_TEXT]))


def _decoded(value: bytes) -> bytes:
    try:
        return base64.b64decode(value)
    except binascii.Error:
        return value
