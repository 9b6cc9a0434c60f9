"""Word documents for tests, made by python-docx, and what it cannot write."""

import io
import zipfile
from collections.abc import Callable, Mapping

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph


def made(write: Callable[[Document], object]) -> bytes:
    """Return a document that a function has written into."""
    document = docx.Document()
    write(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def track(paragraph: Paragraph, kind: str, words: str) -> None:
    """Add words that were inserted (`ins`) or deleted (`del`) while changes were tracked."""
    change, run = OxmlElement(f"w:{kind}"), OxmlElement("w:r")
    change.set(qn("w:author"), "A")
    text = OxmlElement("w:delText" if kind == "del" else "w:t")
    text.text = words
    run.append(text)
    change.append(run)
    paragraph._p.append(change)


def with_parts(document: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return a document with other parts in the place of some, or more of them."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            if name not in parts:
                after.writestr(name, before.read(name))
        for name, data in parts.items():
            after.writestr(name, data)
    return target.getvalue()


def policy(document: Document) -> None:
    """Write a policy as organizations have them."""
    document.add_heading("Social Media Policy", 0)
    document.add_paragraph("Contact Jane Doe at jane.doe@acme.com or +1 202 555 0143.")
    document.add_heading("1. Scope", 1)
    document.add_paragraph("For {{ organization.name }} and {% if x %} <script>alert(1)</script>.")
    document.add_heading("2. Rules", 1)
    document.add_heading("2.1 Respect", 2)
    document.add_paragraph("2.2 Do not discuss your salary with others.")
    for words in ("One", "Two"):
        document.add_paragraph(words, style="List Number")
    document.add_paragraph("A point", style="List Bullet")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "A | b", "c"
