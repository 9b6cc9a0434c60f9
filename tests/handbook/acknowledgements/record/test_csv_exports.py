"""An export is read in whatever form programs write it, or refused with a sentence."""

import io
import zipfile
from pathlib import Path

import pytest

from handbook.acknowledgements.record.csv_exports import LONGEST_CELL, read_export
from handbook.errors import HandbookError

WANTED = ("Email address", "Receipt")
PLAIN = "Email address,Receipt\na@example.org,HB1\n"


def _read(file: Path, optional: tuple[str, ...] = ()) -> list[tuple[int, list[str], bool]]:
    with read_export(file, WANTED, optional) as rows:
        return [(row.line, list(row.cells), row.surplus) for row in rows]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "export.csv"


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        b"\xfe\xff" + PLAIN.encode("utf-16-be"),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode(),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.replace("Email address", '" EMAIL  Address"').encode(),
        b"Name, last;Email address;Receipt\nX;a@example.org;HB1\n",
        b"Receipt,Email address\nHB1,a@example.org\n",
        PLAIN[:-1].encode(),
    ],
)
def test_every_usual_form_is_read(data: bytes, file: Path) -> None:
    file.write_bytes(data)
    assert _read(file) == [(2, ["a@example.org", "HB1"], False)]


@pytest.mark.parametrize("hint", ["sep=;", '"sep=;"', "SEP=\t", "\ufeffsep=|"])
def test_the_separator_that_a_spreadsheet_names_is_used(hint: str, file: Path) -> None:
    table = PLAIN.replace(",", hint.strip('"')[-1])
    file.write_text(f"{hint}\r\n{table}", encoding="utf-8")
    assert _read(file) == [(3, ["a@example.org", "HB1"], False)]


def test_a_row_is_named_by_the_line_on_which_it_begins(file: Path) -> None:
    file.write_text('sep=;\nEmail address;Receipt\na;"x\ny"\n\nb;z\n ; \nc;1;2\nd\n')
    assert _read(file) == [
        (3, ["a", "x\ny"], False),
        (6, ["b", "z"], False),
        (8, ["c", "1"], True),
        (9, ["d", ""], False),
    ]


@pytest.mark.parametrize("length", [64 * 1024 - 30, 64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_nothing_is_lost_where_the_beginning_of_a_file_ends(length: int, end: str, file: Path) -> None:
    head = f"Email address,Receipt{end}a,"
    file.write_text(f"{head}{'x' * (length - len(head))}{end}b,y{end}c,z{end}", newline="")
    assert [row[1][0] for row in _read(file)] == ["a", "b", "c"]


def test_a_column_may_be_missing_if_it_is_optional(file: Path) -> None:
    file.write_text(PLAIN)
    assert _read(file, ("joined",)) == [(2, ["a@example.org", "HB1", ""], False)]


def _zip() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "export.csv is empty"),
        (b"\xef\xbb\xbf\r\n", "export.csv is empty"),
        (b",,\n1,2,3\n", "no names of columns"),
        (b"sep=;\n\n", "no names of columns"),
        (
            b"Mail;Receipt;Score\na;b;1\n",
            "no column “Email address”; its columns are “Mail”, “Receipt”, “Score”",
        ),
        (b"Receipt,receipt,Email address\n", "two columns “Receipt”"),
        (_zip(), "save it as “CSV UTF-8”"),
        (b"%PDF-1.7", "is a PDF"),
        (
            b"\n<!DOCTYPE html><title>Sign in, please</title>",
            "is a web page, maybe one that asks you to sign",
        ),
        (b'<?xml version="1.0"?><Workbook/>', "is XML or HTML, and not CSV"),
        (b'{"statements": []}', "is JSON, and not CSV"),
        (b'[\n  {"person": 1}\n]', "is JSON, and not CSV"),
        (b"Report of 2026\n\nEmail address;Receipt\na;b\n", "columns in line 3; delete the lines above"),
        (PLAIN.encode("utf-16-le"), "UTF-16 without a byte order mark"),
        (PLAIN.replace("HB1", "é").encode("cp1252"), "is not in UTF-8"),
        ((PLAIN + "a,b\n" * 40_000 + "é,c\n").encode("cp1252"), "export.csv:[0-9]+: here or below"),
        (PLAIN.encode() + b"x" * 70_000 + b",\0\n", "has zero bytes"),
        (PLAIN.encode() + b'b,"never\nends\n', "export.csv:3: a quotation mark is missing"),
        (PLAIN.encode() + b'b,"' + b"x" * (LONGEST_CELL + 1) + b'"\n', "export.csv:3: a cell has more than"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(data: bytes, sentence: str, file: Path) -> None:
    file.write_bytes(data)
    with pytest.raises(HandbookError, match=sentence):
        _read(file)


def test_a_file_that_is_too_large_is_not_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handbook.acknowledgements.record.csv_exports.LARGEST", 10)
    file.write_text(PLAIN)
    with pytest.raises(HandbookError, match="MB are read; split it"):
        _read(file)
