"""What of a document does not come into the pages, or not as it was."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from handbook.importing.word_file import MAIN, W, WordFile
from handbook.text.counting import counted

_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_O: Final = "{urn:schemas-microsoft-com:office:office}"
_INSIDE: Final = (
    (("drawing", "pict"), "picture", "left out; put it below docs/ if you may use it"),
    (("txbxContent",), "text box", "its text is not in the pages, or not in its place; compare it"),
    (("fldChar", "fldSimple"), "part of a field", "such as a page number or a reference: it has become text"),
    (("gridSpan", "vMerge"), "merged cell", "divided again; compare the tables"),
    (("sdt",), "form field", "it has become text"),
    (("footnoteReference", "endnoteReference"), "footnote", "kept at the end of its page"),
    (("commentReference",), "comment", "left out"),
)
_PARTS: Final = (
    ("word/header", "header", "left out"),
    ("word/footer", "footer", "left out"),
    ("word/embeddings", "embedded object", "left out"),
)


def losses(document: WordFile, body: etree._Element) -> Iterator[str]:
    """Yield a sentence for each kind of thing that is lost or changed, with how many there were."""
    for names, what, fate in _INSIDE:
        number = sum(1 for _ in body.iter(*(f"{W}{name}" for name in names)))
        if number:
            yield f"{counted(number, what)}: {fate}"
    objects = sum(1 for _ in body.iter(f"{_O}OLEObject"))
    if objects:
        yield f"{counted(objects, 'embedded object')}: left out"
    for start, what, fate in _PARTS:
        number = sum(name.startswith(start) and _has_text(document, name) for name in document.parts)
        if number:
            yield f"{counted(number, what)}: {fate}"
    deep = sum(_is_deep(level) for level in body.iter(f"{W}ilvl"))
    if deep:
        yield f"{counted(deep, 'item')} of lists within lists: compare their depth"
    if any(True for _ in body.iter(f"{_MC}AlternateContent")):
        yield "content that older programs read otherwise: compare it"


def _has_text(document: WordFile, name: str) -> bool:
    root = document.xml(name) if name != MAIN else None
    return root is None or any((text.text or "").strip() for text in root.iter(f"{W}t"))


def _is_deep(level: etree._Element) -> bool:
    return (level.get(f"{W}val") or "0") != "0"
