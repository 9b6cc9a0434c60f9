"""Reads a table that a learning system, a form, or a mailbox exported as CSV, one row after the other.

UTF-8 with or without a byte order mark and UTF-16 are read. Commas, semicolons, or tabs separate the columns:
those with which the header has the columns that are asked for.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final, Protocol, TextIO

from handbook.errors import HandbookError
from handbook.text.quoting import one_line

LARGEST: Final = 200 * 1024 * 1024  # bytes
LONGEST_CELL: Final = 131_072  # characters: the limit of Python's csv, longer than mails with receipts
_SEPARATORS: Final = (",", ";", "\t")
_HEADER: Final = 64 * 1024  # characters
# The line above the header by which a spreadsheet knows the separator; it may be in quotes.
_HINT: Final = re.compile(r'"?sep=(.)"?[\r\n]+', re.IGNORECASE)
_SHOWN_NAMES: Final = 20
_MOST_ABOVE: Final = 30  # lines that a report writes above its table
_AS_CSV: Final = "open it in a spreadsheet, and save it as “CSV UTF-8”"
# What the first bytes of other kinds of files are.
_OTHERS: Final = (
    (b"PK\x03\x04", f"is a workbook such as .xlsx, or a zip, and not CSV; {_AS_CSV}"),
    (b"PK\x05\x06", f"is an empty zip, and not CSV; {_AS_CSV}"),
    (b"\xd0\xcf\x11\xe0", f"is a workbook of an older spreadsheet, and not CSV; {_AS_CSV}"),
    (b"%PDF", "is a PDF, and not CSV; export the table as CSV"),
    (b"\x1f\x8b", "is compressed, and not CSV; unpack it first"),
)
# How texts of other kinds begin, in lower case; a table may begin so, too, if it has the wanted columns.
_OTHER_TEXTS: Final = (
    ("<!doctype html", "is a web page, maybe one that asks you to sign in, and not CSV; export it again"),
    ("<html", "is a web page, maybe one that asks you to sign in, and not CSV; export it again"),
    ("<", "is XML or HTML, and not CSV; export the table as CSV"),
    ("{\\rtf", "is a document, and not CSV; export the table as CSV"),
    ("{", "is JSON, and not CSV; export the table as CSV"),
    ("[", "is JSON, and not CSV; export the table as CSV"),
)


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A row: the line on which it begins, and the cells of the wanted columns, in their order.

    `surplus` is true if the row has more cells than the header, so that one cannot tell which is which.
    """

    line: int
    cells: Sequence[str]
    surplus: bool


class MissingColumn(HandbookError):
    """A table without a wanted column. The caller knows where the columns are named."""


class _Reader(Protocol):
    """What `csv.reader` returns: rows, and the number of lines that were read for them."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...

    def __next__(self) -> list[str]: ...


@contextmanager
def read_export(
    path: Path, wanted: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[Iterator[ExportRow]]:
    """Open an export, and read the rows of the wanted columns; a missing optional one has empty cells.

    Raises:
        MissingColumn: if a wanted column is missing.
        HandbookError: if the file cannot be read, or is of another kind.

    """
    name = one_line(path.name)
    try:
        with path.open("rb") as file:
            _refuse_other_kinds(file, name)
            with io.TextIOWrapper(file, encoding=_encoding(file, name), newline="") as text:
                yield _rows(text, name, wanted, optional)
    except OSError as error:
        raise HandbookError(f"{name} cannot be read ({error.strerror}); check its permissions") from None


def _refuse_other_kinds(file: BinaryIO, name: str) -> None:
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if size > LARGEST:
        raise HandbookError(
            f"{name} has {size // 2**20} MB, and at most {LARGEST // 2**20} MB are read; split it, or export"
            " fewer columns"
        )
    head = file.read(8)
    file.seek(0)
    for start, sentence in _OTHERS:
        if head.startswith(start):
            raise HandbookError(f"{name} {sentence}")


def _encoding(file: BinaryIO, name: str) -> str:
    head = file.read(_HEADER)
    file.seek(0)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\0" in head:
        raise HandbookError(f"{name} is not text, or is UTF-16 without a byte order mark; {_AS_CSV}")
    return "utf-8-sig"


def _rows(text: TextIO, name: str, wanted: Sequence[str], optional: Sequence[str]) -> Iterator[ExportRow]:
    """Read the header at once, so that a missing column is reported before any row is used."""
    try:
        head = text.read(_HEADER)
    except UnicodeError:
        raise _not_unicode(name, 0) from None
    if not head.strip("\ufeff\r\n \0"):
        raise HandbookError(f"{name} is empty; export it again")
    skipped, separator = _separator_line(head)
    head = head[len(skipped) :]
    separator = separator or _separator(head, wanted)
    lines = _lines(head, text, name)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    header = _header(reader, name)
    _refuse_missing(header, wanted, head, name)
    places = [
        *(_place(header, column, name) for column in (*wanted, *optional)),
    ]
    return _read(reader, name, places, len(header), bool(skipped))


def _separator_line(head: str) -> tuple[str, str]:
    """Return the line `sep=;` that a spreadsheet wrote above the header, and the separator it names."""
    first = head.partition("\n")[0] + "\n"
    match = _HINT.fullmatch(first)
    return (first, match[1]) if match and head.startswith(first) else ("", "")


def _lines(head: str, text: TextIO, name: str) -> Iterator[str]:
    """Yield the lines of a file whose beginning was read, and refuse bytes that no text has."""
    for line in _joined(head, text):
        if "\0" in line:
            raise HandbookError(f"{name} has zero bytes, so it is not a table of text; export it again")
        yield line


def _joined(head: str, text: TextIO) -> Iterator[str]:
    lines = io.StringIO(head, newline="").readlines()
    last = lines.pop() if lines else ""
    yield from lines
    rest = iter(text)
    # The part that was read may end inside a line, or between the two characters of its end.
    yield last + next(rest, "") if not last.endswith("\n") else last
    yield from rest


def _separator(head: str, wanted: Sequence[str]) -> str:
    """Return the separator with which the header has every wanted column, or else the most columns."""
    headers = {separator: _first_row(head, separator) for separator in _SEPARATORS}
    names = {separator: set(map(_compared, header)) for separator, header in headers.items()}
    fitting = [each for each in _SEPARATORS if set(map(_compared, wanted)) <= names[each]]
    return fitting[0] if fitting else max(_SEPARATORS, key=lambda each: len(headers[each]))


def _first_row(head: str, separator: str) -> Sequence[str]:
    try:
        return next(filter(None, csv.reader(io.StringIO(head, newline=""), delimiter=separator)), [])
    except csv.Error:
        return []


def _header(reader: _Reader, name: str) -> list[str]:
    try:
        header = next(filter(None, reader), [])  # There may be empty lines above the table.
    except (csv.Error, UnicodeError) as error:
        raise _broken(name, 1, error) from None
    if not any(cell.strip() for cell in header):
        raise HandbookError(f"{name} has no names of columns in its first line; add them, or export it again")
    return header


def _compared(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _refuse_missing(header: Sequence[str], wanted: Sequence[str], head: str, name: str) -> None:
    """Refuse a table without a wanted column, and say what the file is instead, or where its header is."""
    names = set(map(_compared, header))
    missing = next((column for column in wanted if _compared(column) not in names), None)
    if missing is None:
        return
    start = head.lstrip("\ufeff \r\n").lower()
    for beginning, sentence in _OTHER_TEXTS:
        if start.startswith(beginning):
            raise HandbookError(f"{name} {sentence}")
    if line := _line_of_header(head, wanted):
        raise HandbookError(f"{name} has the names of its columns in line {line}; delete the lines above")
    cells = [f"“{one_line(cell.strip())}”" for cell in header if cell.strip()]
    more = f" and {len(cells) - _SHOWN_NAMES} more" if len(cells) > _SHOWN_NAMES else ""
    shown = f"{', '.join(cells[:_SHOWN_NAMES])}{more}"
    raise MissingColumn(f"{name} has no column “{one_line(missing)}”; its columns are {shown}")


def _line_of_header(head: str, wanted: Sequence[str]) -> int | None:
    """Return the number of the first line that has every wanted column, or None."""
    names = set(map(_compared, wanted))
    for number, line in enumerate(islice(io.StringIO(head, newline=""), _MOST_ABOVE), 1):
        if any(names <= set(map(_compared, _first_row(line, each))) for each in _SEPARATORS):
            return number
    return None


def _place(header: Sequence[str], column: str, name: str) -> int | None:
    places = [number for number, cell in enumerate(header) if _compared(cell) == _compared(column)]
    if len(places) > 1:
        raise HandbookError(f"{name} has two columns “{one_line(column)}”; delete one, or rename it")
    return places[0] if places else None


def _read(
    reader: _Reader, name: str, places: Sequence[int | None], width: int, has_hint: bool
) -> Iterator[ExportRow]:
    """Yield the rows; the csv module counts the lines that it has read."""
    while True:
        line = reader.line_num + 1 + has_hint
        try:
            row = next(reader)
        except StopIteration:
            return
        except (csv.Error, UnicodeError) as error:
            raise _broken(name, line, error) from None
        if any(cell and not cell.isspace() for cell in row):
            cells = [row[place] if place is not None and place < len(row) else "" for place in places]
            yield ExportRow(line, cells, len(row) > width and any(row[width:]))


def _broken(name: str, line: int, error: csv.Error | UnicodeError) -> HandbookError:
    """Return what is wrong with the row that begins in a line."""
    if isinstance(error, UnicodeError):
        return _not_unicode(name, line)
    if "field larger" in str(error):
        return HandbookError(
            f"{name}:{line}: a cell has more than {LONGEST_CELL:,} characters; a quotation mark may be"
            " missing at its end, or export the table without that column"
        )
    return HandbookError(
        f"{name}:{line}: a quotation mark is missing, or is too many, in the row that begins here ({error});"
        " correct it, or export the table again"
    )


def _not_unicode(name: str, line: int) -> HandbookError:
    where = f"{name}:{line}: here or below, it" if line else f"{name}"
    return HandbookError(f"{where} is not in UTF-8, so letters with accents would be lost; {_AS_CSV}")
