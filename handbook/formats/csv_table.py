"""Tables of records: comma-separated values that a spreadsheet does not run, and columns for people."""

import csv
import datetime
import io
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from handbook.text.quoting import one_line
from handbook.yaml.record import Record

BETWEEN: Final = " | "
# A spreadsheet takes these for the beginning of a formula, even in the width of East Asian letters.
_FORMULAS: Final = tuple("=+-@＝＋－＠")


def as_csv(
    model: type[Record], records: Iterable[Record], first: Mapping[str, object] = MappingProxyType({})
) -> str:
    """Return records as comma-separated values (RFC 4180), below a row of names.

    `first` are columns before those of the record, with the same value in each row. An unknown value is an
    empty cell, and the parts of a list are separated by `|`. A text that a spreadsheet would take for a
    formula begins with `'`, and control characters are shown as escapes.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*first, *model.model_fields])
    for record in records:
        values = (getattr(record, name) for name in model.model_fields)
        writer.writerow([_cell(value) for value in (*first.values(), *values)])
    return text.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return harmless(BETWEEN.join(map(str, value)))
    if isinstance(value, str):
        return harmless(value)
    return _plain(value)


def _plain(value: object) -> str:
    """Return what is not a text as programs write it: true, 2026-11-20, and nothing for None."""
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value).lower()


def harmless(text: str) -> str:
    """Return a text that a spreadsheet does not take for a formula, with control characters as escapes."""
    shown = one_line(text)
    return f"'{shown}" if text.lstrip().startswith(_FORMULAS) else shown


def as_columns(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as lines with aligned columns, for people."""
    shown = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in shown)
    return "".join(f"{line.rstrip()}\n" for line in lines)
