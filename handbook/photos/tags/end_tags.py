"""Tags at the end of sound: ID3v1, APE and Lyrics3."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from handbook.photos.bounded_reader import BoundedReader, MalformedData
from handbook.photos.disclosures import Category, Disclosure, decode_text, text_disclosures
from handbook.photos.edits import Edit
from handbook.photos.metadata import unknown_data
from handbook.photos.metadata.property_names import category_of

MOST: Final = 16
_MOST_ITEMS: Final = 500
_ID3: Final = 128
_APE: Final = 32
_APE_MARK: Final = b"APETAGEX"
_HAS_HEADER: Final = 0x80
_LYRICS: Final = re.compile(rb"(\d{6})LYRICS200$")
_APE_ITEM: Final = re.compile(rb"(.{4}).{4}([ -~]{2,255})\0", re.DOTALL)


def edits(reader: BoundedReader) -> Iterator[Edit]:
    """Yield edits that cut the tags at the end of a file, from the last to the first.

    Raises:
        MalformedData: if there are too many.

    """
    end = reader.size
    for _ in range(MOST):
        length = _length(reader, end)
        if not length:
            return
        tag = reader.window(end - length, length)
        yield Edit(end - length, end, tuple(_disclosures(tag)))
        end -= length
    raise MalformedData("it has too many tags")


def _length(reader: BoundedReader, end: int) -> int:
    """Return the length of the tag that ends there; 0 if none does."""
    last = reader.peek(max(0, end - _ID3), min(end, _ID3))
    if len(last) == _ID3 and last.startswith(b"TAG"):
        return _ID3
    footer = last[-_APE:]
    if len(footer) == _APE and footer.startswith(_APE_MARK):
        length = int.from_bytes(footer[12:16], "little") + (_APE if footer[23] & _HAS_HEADER else 0)
        return length if _APE <= length <= end else _APE
    lyrics = _LYRICS.search(last)
    return min(end, int(lyrics[1]) + 15) if lyrics else 0


def _disclosures(tag: BoundedReader) -> Iterator[Disclosure]:
    data = tag.peek(0, tag.size)
    if data.startswith(b"TAG"):
        yield from _id3v1(data)
    elif _APE_MARK in data:
        yield from _ape(data)
    else:
        yield from text_disclosures(Category.TEXT, decode_text(data))
    yield from unknown_data.locations(tag)


def _id3v1(data: bytes) -> Iterator[Disclosure]:
    yield from text_disclosures(Category.OWNER, decode_text(data[33:63]))
    yield from text_disclosures(Category.TIME, decode_text(data[93:97]))
    for field in (data[3:33], data[63:93], data[97:127]):
        yield from text_disclosures(Category.TEXT, decode_text(field))


def _ape(data: bytes) -> Iterator[Disclosure]:
    for item in islice(_APE_ITEM.finditer(data), _MOST_ITEMS):
        value = data[item.end() : item.end() + int.from_bytes(item[1], "little")]
        category = category_of(decode_text(item[2])) or Category.TEXT
        yield from text_disclosures(category, decode_text(value[:1_000]))
