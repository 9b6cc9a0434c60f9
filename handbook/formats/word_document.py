"""An edition as a Word document, in which counsel can comment. It is made from the printed edition.

The same edition gives the same bytes.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from lxml import html
from lxml.html import HtmlElement

_OLDEST: Final = (1980, 1, 1, 0, 0, 0)
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_BLOCKS: Final = frozenset(
    "address article blockquote dd details div dl dt figure h1 h2 h3 h4 h5 h6 hr li main ol p pre section"  # noqa: SIM905
    " summary table ul".split()
)
_TITLES: Final = frozenset(("admonition-title", "glance__title", "overdue__title", "translation__title"))
_SPACES: Final = re.compile(r"[ \t\r\n]+")
# XML has no way to write these.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_INDENT: Final = 0.75


@dataclass(frozen=True, slots=True)
class _Look:
    """How words look, and where they lead."""

    bold: bool = False
    italic: bool = False
    code: bool = False
    address: str | None = None


@dataclass(frozen=True, slots=True)
class WordFacts:
    """What the properties of the document say; `seconds` are since 1970."""

    title: str
    author: str
    language: str
    seconds: int


def word_document(printed: str, facts: WordFacts) -> bytes:
    """Return the Word document of an edition, of the HTML that is printed of it."""
    document = docx.Document()
    _state(document, facts)
    writer = _Writer(document)
    for section in html.document_fromstring(printed).iter("section"):
        if section.get("class") in ("cover", "page"):
            writer.section(section)
    target = io.BytesIO()
    document.save(target)
    return _with_fixed_times(target.getvalue())


def _state(document: Document, facts: WordFacts) -> None:
    properties, moment = document.core_properties, datetime.fromtimestamp(facts.seconds, UTC)
    properties.title, properties.author, properties.language = facts.title, facts.author, facts.language
    properties.last_modified_by, properties.comments, properties.revision = facts.author, "", 1
    properties.created = properties.modified = moment.replace(tzinfo=None)
    language = document.styles.element.find(f".//{qn('w:lang')}")
    if language is not None:
        language.set(qn("w:val"), facts.language)


class _Writer:
    """Writes the sections of a printed edition into a document, one below the other."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._is_first = True

    def section(self, section: HtmlElement) -> None:
        """Write a page, which begins on a new one."""
        if not self._is_first:
            self._document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        self._is_first = False
        for child in section:
            self._block(child, 0)

    def _block(self, element: HtmlElement, depth: int) -> None:
        name = element.tag
        if not isinstance(name, str) or element.get("hidden") is not None:
            return
        if name in _HEADINGS:
            self._inline(self._document.add_heading("", min(_HEADINGS[name], 4)), element, _Look())
        elif name in ("ul", "ol"):
            self._list(element, depth)
        elif name == "table":
            self._table(element)
        elif name == "hr":
            return
        elif any(child.tag in _BLOCKS for child in element):
            self._blocks(element, depth)
        elif element.text_content().strip() or next(element.iter("img"), None) is not None:
            is_title = name in ("dt", "summary") or bool(_TITLES & set((element.get("class") or "").split()))
            inner = depth + (name in ("dd", "blockquote"))
            self._inline(self._paragraph(inner), element, _Look(bold=is_title, code=name == "pre"))

    def _blocks(self, element: HtmlElement, depth: int) -> None:
        """Write what is inside, with a paragraph for words that stand between blocks."""
        loose = [element.text, *(child.tail for child in element)]
        for number, words in enumerate(loose):
            if words and words.strip():
                self._paragraph(depth).add_run(_clean(words).strip())
            if number < len(element):
                child = element[number]
                if child.tag in _BLOCKS:
                    self._block(child, depth + (element.tag in ("dd", "blockquote")))
                else:
                    self._inline(self._paragraph(depth), child, _Look())

    def _list(self, element: HtmlElement, depth: int) -> None:
        start = element.get("start") or "1"
        number = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
        for item in element.iterchildren("li"):
            mark = f"{number}. " if element.tag == "ol" else "• "
            paragraph = self._paragraph(depth + 1)
            paragraph.add_run(mark)
            self._item(item, paragraph, depth + 1)
            number += 1

    def _item(self, item: HtmlElement, paragraph: Paragraph, depth: int) -> None:
        """Write the words of an item after its mark, and its blocks below them."""
        paragraph.add_run(_clean(item.text or "").lstrip())
        is_begun = bool((item.text or "").strip())
        for child in item:
            if child.tag == "p" and not is_begun:
                self._inline(paragraph, child, _Look())
            elif child.tag in _BLOCKS:
                self._block(child, depth)
            else:
                self._inline(paragraph, child, _Look())
            is_begun = True
            if child.tag not in _BLOCKS:
                paragraph.add_run(_clean(child.tail or ""))

    def _table(self, element: HtmlElement) -> None:
        rows = [row for row in element.iter("tr") if row.get("hidden") is None]
        width = max((len(_cells(row)) for row in rows), default=0)
        caption = element.find("caption")
        if caption is not None:
            self._inline(self._paragraph(0), caption, _Look(bold=True))
        if not width:
            return
        table = self._document.add_table(len(rows), width, style="Table Grid")
        for number, row in enumerate(rows):
            cells = _cells(row)
            for column, cell in enumerate(cells):
                self._cell(table.cell(number, column), cell)
            if cells and all(cell.tag == "th" for cell in cells):
                _repeat(table.rows[number]._tr)

    def _cell(self, target: _Cell, cell: HtmlElement) -> None:
        paragraph = target.paragraphs[0]
        blocks = [child for child in cell if child.tag in _BLOCKS] or [cell]
        for number, block in enumerate(blocks):
            where = paragraph if not number else target.add_paragraph()
            self._inline(where, block, _Look(bold=cell.tag == "th"))

    def _paragraph(self, depth: int) -> Paragraph:
        paragraph = self._document.add_paragraph()
        if depth:
            paragraph.paragraph_format.left_indent = Cm(_INDENT * depth)
        return paragraph

    def _inline(self, paragraph: Paragraph, element: HtmlElement, look: _Look) -> None:
        """Write the words of an element, each as it looks."""
        for words, own in _words(element, _look_of(element, look)):
            if own.address:
                _add_link(paragraph, words, own.address)
            else:
                run = paragraph.add_run(words)
                run.bold, run.italic = own.bold or None, own.italic or None
                if own.code:
                    run.font.name = "Courier New"


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _words(element: HtmlElement, look: _Look) -> Iterator[tuple[str, _Look]]:
    """Yield the words inside an element with their looks; a picture is its alternative text."""
    if element.tag == "img":
        yield f"[{_clean(element.get('alt') or '')}]", look
    if element.tag == "br":
        yield "\n", look
    if element.text:
        yield (element.text if look.code else _clean(element.text)), look
    for child in element:
        if isinstance(child.tag, str) and child.get("hidden") is None:
            yield from _words(child, _look_of(child, look))
        if child.tail:
            yield (child.tail if look.code else _clean(child.tail)), look


def _look_of(element: HtmlElement, look: _Look) -> _Look:
    address = element.get("href") if element.tag == "a" else None
    is_outside = bool(address) and not (address or "").startswith("#")
    return _Look(
        bold=look.bold or element.tag in ("b", "strong", "th"),
        italic=look.italic or element.tag in ("em", "i", "cite"),
        code=look.code or element.tag in ("code", "kbd", "pre", "samp"),
        address=address if is_outside else look.address,
    )


def _clean(text: str) -> str:
    return _SPACES.sub(" ", _FORBIDDEN.sub("", text))


def _add_link(paragraph: Paragraph, words: str, address: str) -> None:
    """Add a link to another place, which python-docx can read but not write."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(words)
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def _repeat(row: object) -> None:
    """Say that a row is the head of its table, which programs that read aloud need."""
    properties = row.get_or_add_trPr()  # type: ignore[attr-defined]
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    properties.append(head)


def _with_fixed_times(data: bytes) -> bytes:
    """Return the same zip file without the times at which its parts were written."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as written, zipfile.ZipFile(target, "w") as fixed:
        for entry in written.infolist():
            part = zipfile.ZipInfo(entry.filename, _OLDEST)
            part.compress_type = zipfile.ZIP_DEFLATED
            fixed.writestr(part, written.read(entry.filename))
    return target.getvalue()
