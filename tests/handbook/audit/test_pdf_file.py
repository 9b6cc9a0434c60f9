"""Page numbers are found by printing, and metadata is added to a PDF without a change of what is there."""

from collections.abc import Mapping
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from handbook.audit.pdf_file import page_numbers, with_metadata, with_page_numbers


def _pdf(pages: int, places: Mapping[str, int]) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    for name, page in places.items():
        writer.add_named_destination(name, page)
    writer.add_metadata({"/Title": "Rules & <more>", "/Producer": "A printer"})
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def test_the_numbers_are_those_of_the_pages_of_the_handbook() -> None:
    pdf = _pdf(4, {"page-1": 1, "page-2": 3, "page-2.parts": 3, "other": 0})
    assert page_numbers(pdf) == {"page-1": 2, "page-2": 4}


def test_a_document_is_printed_until_its_numbers_stay() -> None:
    prints: list[Mapping[str, int]] = []

    def printed(numbers: Mapping[str, int]) -> bytes:
        prints.append(numbers)
        return _pdf(4, {"page-1": 1 if len(prints) == 1 else 2})

    assert page_numbers(with_page_numbers(printed)) == {"page-1": 3}
    assert prints == [{}, {"page-1": 2}, {"page-1": 3}]


def test_numbers_that_never_stay_are_left_out() -> None:
    prints: list[Mapping[str, int]] = []

    def printed(numbers: Mapping[str, int]) -> bytes:
        prints.append(numbers)
        return _pdf(9, {"page-1": len(prints)})

    with_page_numbers(printed)
    assert prints[-1] == {}


@pytest.mark.parametrize("author", ["Network", "<b>A & B</b>", "Réseau"])
def test_the_packet_says_what_the_pdf_says_and_nothing_else_changes(author: str) -> None:
    before = _pdf(2, {"page-1": 1})
    after = with_metadata(before, author, "fr", 1_795_176_000)
    assert after.startswith(before)
    assert after == with_metadata(before, author, "fr", 1_795_176_000)
    reader = PdfReader(BytesIO(after), strict=True)
    packet = reader.xmp_metadata
    assert packet
    assert packet.dc_title == {"x-default": "Rules & <more>"}
    assert packet.dc_creator == [author]
    assert packet.dc_language == ["fr"]
    assert packet.pdf_producer == "A printer"
    assert str(packet.xmp_create_date) == "2026-11-20 12:00:00"
    assert reader.metadata
    assert reader.metadata.title == "Rules & <more>"
    assert len(reader.pages) == 2
    assert page_numbers(after) == {"page-1": 2}
    assert b"pdfuaid" not in after
