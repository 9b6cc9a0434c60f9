"""What the elements of Office Open XML (Word, Excel, PowerPoint) give away.

Sources: ECMA-376, transitional and strict, and the extensions that Microsoft documents in MS-DOCX, MS-XLSX
and MS-PPTX.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
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
from handbook.photos.disclosures import Category, Disclosure, text_disclosures

# Each is an element of Word that only a tracked change has.
_CHANGES: Final = (
    "ins del moveFrom moveTo cellIns cellDel cellMerge conflictIns conflictDel moveFromRangeStart"  # noqa: SIM905
    " moveToRangeStart rPrChange pPrChange sectPrChange tblPrChange tblPrExChange tblGridChange tcPrChange"
    " trPrChange numberingChange customXmlInsRangeStart customXmlDelRangeStart customXmlMoveFromRangeStart"
    " customXmlMoveToRangeStart customXmlConflictInsRangeStart customXmlConflictDelRangeStart".split()
)
_REVISIONS: Final = "rcc rrc rm ris rsnm rdn rcft rfmt rcmt rqt raf".split()  # noqa: SIM905
_LOCAL_PATH: Final = re.compile(r"file:|[A-Za-z]:[\\/]|\\\\|/(?:Users|home)/", re.IGNORECASE)
_THREAD: Final = "tc="  # Excel names a thread of comments so if it needs an author.


def _attribute(category: Category, name: str, element: Element) -> Iterator[Disclosure]:
    yield from text_disclosures(category, element.attributes.get(name, ""))


def _by_author(category: Category, name: str, element: Element) -> Iterator[Disclosure]:
    yield from by_author(category, element.attributes.get(name, ""))


def _comment_author(element: Element) -> Iterator[Disclosure]:
    if element.text and not element.text.startswith(_THREAD):
        yield from by_author(Category.COMMENT, element.text)


def _hidden_run(element: Element) -> Iterator[Disclosure]:
    """Yield hidden text; a hidden field, such as an entry of an index, has no text of its own."""
    if {"vanish", "t"} <= element.inside and element.text:
        yield from text_disclosures(Category.HIDDEN, f"hidden text: {element.text}")


def _hidden_sheet(element: Element) -> Iterator[Disclosure]:
    if element.attributes.get("state") in ("hidden", "veryHidden"):
        yield from text_disclosures(Category.HIDDEN, f"a hidden sheet: {element.attributes.get('name', '')}")


def _hidden_slide(element: Element) -> Iterator[Disclosure]:
    if element.attributes.get("show") in ("0", "false"):
        yield Disclosure(Category.HIDDEN, "a hidden slide")


def _speaker_note(element: Element) -> Iterator[Disclosure]:
    """Yield what a speaker noted; the number of the slide is a field, which is not in a run."""
    if element.text and "notes" in element.around[:1] and element.around[-1] == "r":
        yield Disclosure(Category.HIDDEN, "speaker notes")


def _local_path(*names: str) -> Reader:
    """Return a reader of attributes that may name a file or a folder on somebody's computer."""

    def read(element: Element) -> Iterator[Disclosure]:
        for name in names:
            if _LOCAL_PATH.match(element.attributes.get(name, "")):
                yield from text_disclosures(Category.HIDDEN, f"a path: {element.attributes[name]}")

    return read


def _texts(category: Category, family: str, *names: str) -> Mapping[Key, Reader]:
    return {(family, name): partial(text_of_element, category) for name in names}


def _each(family: str, names: Iterable[str], reader: Reader) -> Mapping[Key, Reader]:
    return {(family, name): reader for name in names}


READERS: Final[Mapping[Key, Reader]] = {
    **_texts(Category.OWNER, "core", "lastModifiedBy"),
    **_texts(Category.OWNER, "app", "Company", "Manager"),
    **_texts(Category.TIME, "terms", "created", "modified"),
    **_texts(Category.TIME, "core", "lastPrinted"),
    **_texts(Category.SOFTWARE, "app", "Application"),
    **_texts(Category.TEXT, "core", "keywords", "category", "contentStatus"),
    **_texts(Category.TEXT, "dc", "title", "subject", "description"),
    ("custom", "property"): property_of_element,
    ("relation", "Relationship"): _local_path("Target"),
    **_each("word", _CHANGES, partial(_by_author, Category.CHANGE, "author")),
    ("word", "comment"): partial(_by_author, Category.COMMENT, "author"),
    ("word", "person"): partial(_attribute, Category.OWNER, "author"),
    ("word", "r"): _hidden_run,
    ("draw", "cNvPr"): _local_path("name", "descr"),
    ("draw", "docPr"): _local_path("name", "descr"),
    ("draw", "t"): _speaker_note,
    ("sheet", "sheet"): _hidden_sheet,
    ("sheet", "author"): _comment_author,
    ("sheet", "comment"): partial(fixed_disclosure, Category.COMMENT, ""),
    ("sheet", "threadedComment"): partial(fixed_disclosure, Category.COMMENT, ""),
    ("sheet", "person"): partial(_attribute, Category.OWNER, "displayName"),
    ("sheet", "header"): partial(_attribute, Category.OWNER, "userName"),
    ("sheet", "fileSharing"): partial(_attribute, Category.OWNER, "userName"),
    ("sheet", "absPath"): _local_path("url"),
    ("sheet", "pivotCacheRecords"): partial(
        fixed_disclosure, Category.HIDDEN, "the data behind a pivot table"
    ),
    ("sheet", "externalBook"): partial(fixed_disclosure, Category.HIDDEN, "values of another workbook"),
    **_each("sheet", _REVISIONS, partial(fixed_disclosure, Category.CHANGE, "")),
    ("slide", "sld"): _hidden_slide,
    ("slide", "cm"): partial(fixed_disclosure, Category.COMMENT, ""),
    ("slide", "cmAuthor"): partial(_attribute, Category.OWNER, "name"),
    ("slide", "author"): partial(_attribute, Category.OWNER, "name"),
    ("slide", "chgData"): partial(_attribute, Category.OWNER, "name"),
    ("slide", "cNvPr"): _local_path("name", "descr"),
}
