"""Prepares the tables that Markdown makes, so that they can be read on a phone.

A wide table scrolls alone. In a narrow one, each cell carries the heading of its column, and the sign under
"You may", "Ask first" and "Do not"; the styles make records of its rows.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape, unescape
from itertools import cycle
from typing import Final

_TABLE: Final = re.compile(r"<table>(.*?)</table>", re.DOTALL)
_HEADING: Final = re.compile(r"<th[^>]*>(.*?)</th>", re.DOTALL)
_CELL: Final = re.compile(r"<td(?=[ >])")
_TAG: Final = re.compile(r"<[^>]*>")
# A record with more parts is easier to read as a row.
_MOST_COLUMNS: Final = 4


def with_regions(html: str, signs: Mapping[str, str]) -> str:
    """Return cleaned HTML with its tables prepared; macros prepare their own, which have a class.

    `signs` names the sign of a column by the heading that the language has for it.
    """
    return _TABLE.sub(lambda table: _region(table[1], signs), html)


def _region(inner: str, signs: Mapping[str, str]) -> str:
    headings = [unescape(_TAG.sub("", heading)).strip() for heading in _HEADING.findall(inner)]
    if not 1 < len(headings) <= _MOST_COLUMNS:
        return f'<div class="table-region"><table>{inner}</table></div>'
    cells = cycle(_cell_starts(headings, signs))
    labelled = _CELL.sub(lambda _: next(cells), inner)
    return f'<div class="table-region"><table class="records-table">{labelled}</table></div>'


def _cell_starts(headings: Sequence[str], signs: Mapping[str, str]) -> Iterator[str]:
    for heading in headings:
        sign = f' data-sign="{signs[heading]}"' if heading in signs else ""
        yield f'<td data-label="{escape(heading)}"{sign}'
