"""Tables of records: comma-separated values that a spreadsheet cannot run, and columns for people."""

import csv
import datetime
import io
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final
from unicodedata import category

from handbook.record import Record
from handbook.text.quoting import one_line

BETWEEN: Final = " | "
# What a spreadsheet takes for the beginning of a formula, also in the width of East Asian letters.
_FORMULAS: Final = tuple("=+-@＝＋－＠")


def as_csv(
    model: type[Record], records: Iterable[Record], first: Mapping[str, object] = MappingProxyType({})
) -> str:
    """Return records as comma-separated values (RFC 4180), with a row of names.

    `first` are columns before those of the record, which have one value for all. Nothing known is an
    empty cell. The parts of a list stand between `|`. A text that a spreadsheet would take for a formula
    has `'` before it, and control characters are shown as such.
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
    """Return what is no text as programs write it: true, 2026-11-20, and nothing for what is not known."""
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value).lower()


def harmless(text: str) -> str:
    """Put `'` before a text that a spreadsheet would take for a formula; show control characters as such."""
    shown = text if text.isprintable() else "".join(map(_shown, text))
    return f"'{shown}" if text.lstrip().startswith(_FORMULAS) else shown


def _shown(character: str) -> str:
    return character if category(character) == "Zs" else one_line(character)


def as_columns(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as lines with columns of equal width, for people."""
    shown = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in shown)
    return "".join(f"{line.rstrip()}\n" for line in lines)
