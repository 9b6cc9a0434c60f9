"""Where marks of the parser and bytes are in a file, by the lines that editors count."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import yaml

# PyYAML does not document it; `values.py` says what we rely on.
from yaml._yaml import Mark as CMark

from handbook.findings import Location

BOM: Final = "\ufeff"


def location_of_byte(data: bytes, offset: int) -> Location:
    """Return the location of a byte of a file; the column counts bytes."""
    return Location(data.count(b"\n", 0, offset) + 1, offset - data.rfind(b"\n", 0, offset))


def location_of_mark(mark: yaml.Mark | CMark | None, text: str, first_line: int) -> Location:
    """Return a location by the lines that editors count: for YAML, U+0085 and U+2028 end a line, too."""
    if mark is None:
        return Location(first_line, 1)
    end = mark.index + text.startswith(BOM)
    lines = lines_before(text, end)
    return Location(lines + first_line, end - (_line_ends(text)[lines - 1] if lines else -1))


def lines_before(text: str, offset: int) -> int:
    """Return how many lines end before an offset."""
    return bisect_left(_line_ends(text), offset)


@lru_cache(maxsize=8)
def _line_ends(text: str) -> Sequence[int]:
    """Return the offset of each line end; whoever locates one value of a text locates hundreds."""
    return [match.start() for match in re.finditer("\n", text)]
