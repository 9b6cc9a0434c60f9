"""What the elements of OpenDocument (LibreOffice) give away. Source: OpenDocument 1.3, part 3."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from handbook.documents.properties import by_author
from handbook.documents.xml_parts import (
    Element,
    Key,
    Reader,
    fixed_disclosure,
    property_of_element,
    text_of_element,
)
from handbook.photos.bounded_reader import MalformedData
from handbook.photos.disclosures import Category, Disclosure, text_disclosures

_CELL_CHANGES: Final = ("cell-content-change", "insertion", "deletion", "movement")


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
    ("meta", "initial-creator"): partial(text_of_element, Category.OWNER),
    ("meta", "printed-by"): partial(text_of_element, Category.OWNER),
    ("meta", "creation-date"): partial(text_of_element, Category.TIME),
    ("meta", "print-date"): partial(text_of_element, Category.TIME),
    ("meta", "generator"): partial(text_of_element, Category.SOFTWARE),
    ("meta", "keyword"): partial(text_of_element, Category.TEXT),
    ("meta", "user-defined"): property_of_element,
    ("manifest", "encryption-data"): _encrypted,
    ("versions", "version-entry"): partial(fixed_disclosure, Category.CHANGE, "earlier versions"),
    ("office", "annotation"): partial(fixed_disclosure, Category.COMMENT, ""),
    ("text", "changed-region"): partial(fixed_disclosure, Category.CHANGE, ""),
    **{("table", name): _cell_change for name in _CELL_CHANGES},
    ("text", "hidden-text"): partial(fixed_disclosure, Category.HIDDEN, "hidden text"),
    ("text", "hidden-paragraph"): partial(fixed_disclosure, Category.HIDDEN, "hidden text"),
    ("text", "section"): partial(_switch, "display", "none", "a hidden section"),
    ("style", "text-properties"): partial(_switch, "display", "none", "hidden text"),
    ("style", "table-properties"): partial(_switch, "display", "false", "a hidden sheet"),
    ("style", "drawing-page-properties"): partial(_switch, "visibility", "hidden", "a hidden slide"),
    ("text", "p"): _note,
}
