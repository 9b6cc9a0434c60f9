"""A Word document becomes pages: what is kept, what is told as lost, and what is refused."""

import io
import zipfile

import pytest
from docx.document import Document
from lxml import etree
from PIL import Image

from handbook.errors import HandbookError
from handbook.importing.document_import import DocumentImport, read_document
from handbook.importing.numbering import Numbering, read_numbering
from handbook.importing.pointers import pointers
from handbook.importing.tracked_changes import Tracked
from handbook.importing.word_file import MAIN, open_word
from tests.word_documents import made, policy, track, with_parts


def read(data: bytes, tracked: Tracked | None = None, *, one_page: bool = False) -> DocumentImport:
    return read_document(data, "policy.docx", tracked, one_page=one_page)


def test_each_main_heading_is_a_page_and_keeps_its_number() -> None:
    document = read(made(policy))
    assert [(page.name, page.title) for page in document.pages] == [
        ("social-media-policy", "Social Media Policy"),
        ("scope", "1. Scope"),
        ("rules", "2. Rules"),
    ]
    assert document.pages[2].body.startswith(
        "\n\n## 2.1 Respect { #clause-2-1 }\n\n2.2 Do not discuss your salary"
    )
    assert "\n1\\. One\n\n2\\. Two\n\n- A point\n" in document.pages[2].body
    assert "| A &#124; b | c |" in document.pages[2].body
    assert "2 numbers that Word counts: now text, which follows no change" in document.lost


def test_the_map_leads_from_each_clause_to_its_place() -> None:
    clauses = read(made(policy)).clauses
    assert [(clause.number, clause.page, clause.anchor, clause.words) for clause in clauses[:4]] == [
        ("1.", "scope", "", "Scope"),
        ("2.", "rules", "", "Rules"),
        ("2.1", "rules", "clause-2-1", "Respect"),
        ("2.2", "rules", "clause-2-1", "Do not discuss your salary with others."),
    ]


def test_nothing_of_a_document_runs() -> None:
    body = read(made(policy)).pages[1].body
    assert "{" not in body
    assert "<" not in body
    assert "&#123;&#123; organization.name &#125;&#125;" in body
    assert "&#60;script&#62;" in body


def test_a_picture_is_left_out_and_told_as_lost() -> None:
    def with_logo(document: Document) -> None:
        policy(document)
        picture = io.BytesIO()
        Image.new("RGB", (2, 2)).save(picture, "PNG")
        document.add_picture(picture)

    illustrated, plain = read(made(with_logo)), read(made(policy))
    assert illustrated.pages == plain.pages
    assert "1 picture: left out; put it below docs/ if you may use it" in illustrated.lost


def test_the_main_part_may_have_another_name() -> None:
    """Word on the web writes `word/document2.xml`."""
    usual = made(policy)
    with zipfile.ZipFile(io.BytesIO(usual)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        for name, data in parts.items():
            is_list = name in ("_rels/.rels", "[Content_Types].xml")
            archive.writestr(
                name.replace("/document.xml", "/document2.xml"),
                data.replace(b"word/document.xml", b"word/document2.xml") if is_list else data,
            )
    assert read(other.getvalue()) == read(usual)


def test_one_page_has_all_of_it() -> None:
    (page,) = read(made(policy), one_page=True).pages
    assert page.title == "Social Media Policy"
    assert "## 1. Scope { #clause-1 }" in page.body
    assert "### 2.1 Respect" in page.body


def test_marks_that_mean_themselves_stay_as_they_are_read() -> None:
    def write(document: Document) -> None:
        for words in (
            "# no heading",
            "- no item",
            "3. no number",
            "see 3.1, a * b",
            "???  no box",
            "a & b",
        ):
            document.add_paragraph(words)

    (page,) = read(made(write)).pages
    lines = [line for line in page.body.split("\n") if line]
    assert lines == [
        r"\# no heading",
        r"\- no item",
        r"3\. no number",
        r"see 3.1, a \* b",
        "&#63;?? no box",
        "a & b",
    ]


def test_tracked_changes_are_a_choice_and_never_mixed() -> None:
    def write(document: Document) -> None:
        paragraph = document.add_paragraph("We may ")
        track(paragraph, "ins", "never ")
        track(paragraph, "del", "always ")

    data = made(write)
    with pytest.raises(HandbookError, match="2 tracked changes; say which text counts"):
        read(data)
    accepted, original = (read(data, tracked) for tracked in Tracked)
    assert accepted.pages[0].body.strip() == "We may never"
    assert original.pages[0].body.strip() == "We may always"
    assert original.lost[0] == "2 tracked changes: the text is taken as it was before them"


LEVELS = """<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl>
<w:lvl w:ilvl="3"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%4"/></w:lvl>
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""
PARAGRAPH = """<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:pPr><w:numPr>{}{}</w:numPr></w:pPr></w:p>"""


def test_numbers_are_counted_as_word_counts_them() -> None:
    document = open_word(with_parts(made(policy), {"word/numbering.xml": LEVELS.encode()}), "policy.docx")
    numbering = read_numbering(document)
    levels = [0, 1, 1, 2, 2, 3, 3, 0, 1, 2]
    assert [_label(numbering, level) for level in levels] == [
        *("3.", "3.1", "3.2", "(a)", "(b)", "I", "II", "4.", "4.1", "(a)"),
    ]


def _label(numbering: Numbering, level: int) -> str | None:
    text = PARAGRAPH.format(f'<w:ilvl w:val="{level}"/>', '<w:numId w:val="1"/>')
    return numbering.label(etree.fromstring(text))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"plain text", "is not a whole Word document"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "in the old format .doc, or has a password"),
        (b"PK\x03\x04" + b"\0" * 100, "is not a whole Word document"),
        (with_parts(made(policy), {MAIN: b"<w:document"}), "is damaged"),
        (
            with_parts(made(policy), {MAIN: b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
            "has a document type, which no Word document needs",
        ),
        (made(lambda document: document.add_paragraph("")), "has no text; if it is a scan"),
    ],
)
def test_what_is_no_document_is_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(HandbookError, match=sentence):
        read(data)


def test_a_document_that_the_converter_cannot_use_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise KeyError("w:style")

    monkeypatch.setattr("handbook.importing.markdown_text.mammoth.convert_to_html", fail)
    with pytest.raises(HandbookError, match="not as Word writes it"):
        read(made(policy))


def test_a_document_that_grows_when_it_is_opened_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MAIN, b" " * (40 * 2**20))
    with pytest.raises(HandbookError, match="far larger than a policy"):
        read(target.getvalue())


def test_what_looks_like_a_person_is_pointed_out_with_its_line() -> None:
    text = (
        "Text.\n\nContact Jane Doe at jane.doe@acme.com or +1 202 555 0143.\nSince 2021-2024, on 12.05.2024."
    )
    assert [(pointer.line, pointer.kind, pointer.words) for pointer in pointers(text)] == [
        (3, "mail address", "jane.doe@acme.com"),
        (3, "telephone number", "+1 202 555 0143"),
        (3, "name", "Contact Jane Doe"),
    ]
