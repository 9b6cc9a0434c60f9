"""What the elements of OpenDocument (LibreOffice) give away. Source: OpenDocument 1.3, part 3."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from handbook.documents.properties import by_author, custom_property
from handbook.documents.xml_parts import Element, Key, Reader
from handbook.photos.bounded_reader import MalformedData
from handbook.photos.disclosures import Category, Disclosure, text_disclosures

_CELL_CHANGES: Final = ("cell-content-change", "insertion", "deletion", "movement")


def _text(category: Category, element: Element) -> Iterator[Disclosure]:
    yield from text_disclosures(category, element.text)


def _constant(category: Category, value: str, _element: Element) -> Iterator[Disclosure]:
    yield Disclosure(category, value)


def _creator(element: Element) -> Iterator[Disclosure]:
    """Yield an author: of a comment, of a change, or of the document. OOXML writes the last one, too."""
    if "annotation" in element.around:
        yield from by_author(Category.COMMENT, element.text)
    elif "change-info" in element.around:
        yield from by_author(Category.CHANGE, element.text)
    else:
        yield from text_disclosures(Category.OWNER, element.text)


def _date(element: Element) -> Iterator[Disclosure]:
    if element.around[-1:] == ("meta",):
        yield from text_disclosures(Category.TIME, element.text)


def _cell_change(element: Element) -> Iterator[Disclosure]:
    if "tracked-changes" in element.around:
        yield Disclosure(Category.CHANGE)


def _user_defined(element: Element) -> Iterator[Disclosure]:
    yield from custom_property(element.attributes.get("name", ""), element.text)


def _note(element: Element) -> Iterator[Disclosure]:
    if element.text and "notes" in element.around:
        yield Disclosure(Category.HIDDEN, "speaker notes")


def _switch(attribute: str, value: str, what: str, element: Element) -> Iterator[Disclosure]:
    if element.attributes.get(attribute) == value:
        yield Disclosure(Category.HIDDEN, what)


def _encrypted(_element: Element) -> Iterator[Disclosure]:
    raise MalformedData("it is encrypted")


READERS: Final[Mapping[Key, Reader]] = {
    ("dc", "creator"): _creator,
    ("dc", "date"): _date,
    ("meta", "initial-creator"): partial(_text, Category.OWNER),
    ("meta", "printed-by"): partial(_text, Category.OWNER),
    ("meta", "creation-date"): partial(_text, Category.TIME),
    ("meta", "print-date"): partial(_text, Category.TIME),
    ("meta", "generator"): partial(_text, Category.SOFTWARE),
    ("meta", "keyword"): partial(_text, Category.TEXT),
    ("meta", "user-defined"): _user_defined,
    ("manifest", "encryption-data"): _encrypted,
    ("versions", "version-entry"): partial(_constant, Category.CHANGE, "earlier versions"),
    ("office", "annotation"): partial(_constant, Category.COMMENT, ""),
    ("text", "changed-region"): partial(_constant, Category.CHANGE, ""),
    **{("table", name): _cell_change for name in _CELL_CHANGES},
    ("text", "hidden-text"): partial(_constant, Category.HIDDEN, "hidden text"),
    ("text", "hidden-paragraph"): partial(_constant, Category.HIDDEN, "hidden text"),
    ("text", "section"): partial(_switch, "display", "none", "a hidden section"),
    ("style", "text-properties"): partial(_switch, "display", "none", "hidden text"),
    ("style", "table-properties"): partial(_switch, "display", "false", "a hidden sheet"),
    ("style", "drawing-page-properties"): partial(_switch, "visibility", "hidden", "a hidden slide"),
    ("text", "p"): _note,
}
