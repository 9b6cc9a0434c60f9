"""ICO: icons, each of which is a bitmap or a whole PNG."""

import re
from collections.abc import Iterator
from typing import Final

from handbook.photos.bounded_reader import BoundedReader
from handbook.photos.containers.format import Format
from handbook.photos.edits import Edit, EmbeddedFile

_HEADER: Final = 6
_ENTRY: Final = 16


def _edits(reader: BoundedReader) -> Iterator[Edit]:
    count = int.from_bytes(reader.read(4, 2), "little")
    end = _HEADER + count * _ENTRY
    for number in range(count):
        entry = reader.read(_HEADER + number * _ENTRY, _ENTRY)
        length, offset = int.from_bytes(entry[8:12], "little"), int.from_bytes(entry[12:], "little")
        icon = EmbeddedFile(reader.window(offset, length), None, is_picture=False)
        yield Edit(offset, offset, embedded=icon)
        end = max(end, offset + length)
    if end < reader.size:
        yield Edit(end, reader.size, may_contain_file=True)


FORMATS: Final = (Format("ICO", re.compile(rb"\0\0[\1\2]\0[\1-\xff]\0[\0-\xff]{8}", re.DOTALL), _edits),)
