"""Reads where the pages of a printed document begin, and adds metadata that programs read (XMP)."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Final, cast

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject, NameObject

from handbook.formats.html_document import DOCUMENTS

_BEGINS: Final = re.compile(r"/?(page-\d+)")
_LAST_TABLE: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
# Numbers of another length can move a line of the contents, but not twice.
_MOST_PRINTS: Final = 3


def with_page_numbers(printed: Callable[[Mapping[str, int]], bytes]) -> bytes:
    """Print a document that names its own page numbers, by anchor; they are known once it was printed.

    A document whose numbers change with each print gets none.
    """
    numbers: Mapping[str, int] = {}
    for _ in range(_MOST_PRINTS):
        pdf = printed(numbers)
        before, numbers = numbers, page_numbers(pdf)
        if before == numbers:
            return pdf
    return printed({})


def page_numbers(pdf: bytes) -> Mapping[str, int]:
    """Return the number of the printed page on which each page of the handbook begins, by its anchor."""
    reader = PdfReader(BytesIO(pdf))
    places = {
        begins[1]: reader.get_destination_page_number(place)
        for name, place in reader.named_destinations.items()
        if (begins := _BEGINS.fullmatch(name))
    }
    return {anchor: number + 1 for anchor, number in places.items() if number is not None}


def with_metadata(pdf: bytes, author: str, language: str, seconds: int) -> bytes:
    """Add a packet of XMP that agrees with what the PDF says of itself. Every byte before it stays.

    The update is appended as the standard describes it, because pypdf would leave out the document's facts.
    """
    table = _LAST_TABLE.search(pdf)
    assert table  # noqa: S101 - a printed document ends with it
    reader = PdfReader(BytesIO(pdf))
    root, info = reader.trailer.raw_get("/Root"), reader.trailer.raw_get("/Info")
    number = cast("int", reader.trailer["/Size"])
    catalog = DictionaryObject(reader.root_object)
    catalog[NameObject("/Metadata")] = IndirectObject(number, 0, reader)
    packet = _packet(reader, author, language, seconds)
    head = b"<< /Type /Metadata /Subtype /XML /Length %d >>\nstream\n" % len(packet)
    objects = {root.idnum: _written(catalog), number: head + packet + b"\nendstream"}
    update, rows = b"\n", b""
    for name, data in objects.items():
        rows += b"%d 1\n%010d 00000 n \n" % (name, len(pdf) + len(update))
        update += b"%d 0 obj\n%b\nendobj\n" % (name, data)
    trailer = b"<< /Size %d /Root %d 0 R /Info %d 0 R /Prev %b >>"
    end = trailer % (number + 1, root.idnum, info.idnum, table[1])
    begin = len(pdf) + len(update)
    return b"%b%bxref\n%btrailer\n%b\nstartxref\n%d\n%%%%EOF\n" % (pdf, update, rows, end, begin)


def _packet(reader: PdfReader, author: str, language: str, seconds: int) -> bytes:
    facts: Mapping[str, object] = reader.metadata or {}
    text = DOCUMENTS.get_template("metadata.xmp").render(
        title=facts.get("/Title", ""),
        tool=facts.get("/Creator", ""),
        producer=facts.get("/Producer", ""),
        author=author,
        language=language,
        moment=datetime.fromtimestamp(seconds, UTC).isoformat(),
    )
    return text.encode()


def _written(record: DictionaryObject) -> bytes:
    target = BytesIO()
    record.write_to_stream(target)
    return target.getvalue()
