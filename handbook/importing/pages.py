"""Makes pages of the Markdown of a document, and a map from its clauses to them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import Final

from handbook.authoring.new_page import key_for

_HEADING: Final = re.compile(r"^(?P<marks>#{1,6}) +(?P<text>.+?) *$", re.MULTILINE)
# A clause: `3`, `3.1`, `3.1.2`, `§ 4`, `Article 5`, `(a)`, `B.`, before its text.
_CLAUSE: Final = re.compile(
    r"(?:(?:Article|Section|Clause|§)[ \u00a0]?)?"
    r"(?:\d{1,3}(?:\.\d{1,3})*[.)]?|\(?[a-z]{1,4}\)|[A-Z]\.)(?=\s)"
)
_ITEM: Final = re.compile(r"^\s*[-*] +")
_MOST_WORDS: Final = 8
_OWN_ANCHOR: Final = re.compile(r" \{ #(?P<anchor>[\w-]+) \}$")


@dataclass(frozen=True, slots=True)
class ImportedPage:
    """A page: its name in an address, its title, and its text below the title."""

    name: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Clause:
    """The number of a clause, and where its text is now: a page by its name, and an anchor or nothing."""

    number: str
    page: str
    anchor: str
    words: str


def split_pages(markdown: str, name: str, *, one_page: bool) -> list[ImportedPage]:
    """Return the pages of a text: one for each of its main headings, or only one.

    A single heading above all others is the title of the document. What comes before the first of the main
    headings is a page of its own. `name` is what the document is called.
    """
    headings = list(_HEADING.finditer(markdown))
    title = _title(headings)
    top = _top_level(headings, has_title=title is not None)
    inner = [heading for heading in headings if heading is not title]
    starts = [] if one_page else [heading for heading in inner if len(heading["marks"]) == top]
    whole = _plain(title["text"]) if title else name
    begin = title.end() if title else 0
    first = markdown[begin : starts[0].start() if starts else len(markdown)]
    pages = [_page(whole, first, top)] if first.strip() or not starts else []
    ends = [*(start.start() for start in starts), len(markdown)]
    for start, end in zip(starts, ends[1:], strict=True):
        pages.append(_page(_plain(start["text"]), markdown[start.end() : end], top + 1))
    return _with_own_names(pages)


def _title(headings: Sequence[re.Match[str]]) -> re.Match[str] | None:
    if not headings:
        return None
    first, level = headings[0], len(headings[0]["marks"])
    return first if all(len(other["marks"]) > level for other in headings[1:]) else None


def _top_level(headings: Sequence[re.Match[str]], *, has_title: bool) -> int:
    levels = [len(heading["marks"]) for heading in headings[1 if has_title else 0 :]]
    return min(levels, default=2)


def _page(title: str, body: str, top: int) -> ImportedPage:
    """Return a page whose highest headings have two marks, as below a title."""

    def leveled(heading: re.Match[str]) -> str:
        marks = "#" * min(max(len(heading["marks"]) - top + 2, 2), 6)
        number = _CLAUSE.match(_plain(heading["text"]) + " ")
        anchor = f" {{ #{_anchor(number[0])} }}" if number else ""
        return f"{marks} {heading['text']}{anchor}"

    return ImportedPage(key_for(_without_number(title)) or key_for(title), title, _HEADING.sub(leveled, body))


def _anchor(number: str) -> str:
    return f"clause-{key_for(number.replace('.', '-')) or 'x'}"


def _plain(text: str) -> str:
    """Return a heading without marks of emphasis and escapes."""
    words = re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)[*_`]+", "", text))
    return re.sub(r"&#(\d+);", lambda match: chr(int(match[1])), words).replace("&amp;", "&").strip()


def _without_number(title: str) -> str:
    number = _CLAUSE.match(title)
    return title[number.end() :].strip() if number else title


def _with_own_names(pages: Sequence[ImportedPage]) -> list[ImportedPage]:
    """Return the pages with unique names, none of which is that of an index."""
    named: dict[str, ImportedPage] = {}
    for page in pages:
        wanted = page.name if page.name not in ("", "index", "readme") else "part"
        others = (f"{wanted}-{number}" for number in count(2))
        name = next(each for each in chain([wanted], others) if each not in named)
        named[name] = replace(page, name=name)
    return list(named.values())


def clauses(pages: Sequence[ImportedPage]) -> Iterator[Clause]:
    """Yield every clause with a number, in the order of the document."""
    for page in pages:
        yield from _clause(page.title, page.name, "")
        anchor = ""
        for line in page.body.split("\n"):
            heading = _HEADING.match(line)
            if heading:
                own = _OWN_ANCHOR.search(heading["text"])
                anchor = own["anchor"] if own else ""
            text = _OWN_ANCHOR.sub("", heading["text"]) if heading else _ITEM.sub("", line)
            yield from _clause(_plain(text), page.name, anchor)


def _clause(text: str, page: str, anchor: str) -> Iterator[Clause]:
    number = _CLAUSE.match(f"{text} ")
    if number:
        yield Clause(number[0], page, anchor, " ".join(_without_number(text).split()[:_MOST_WORDS]))
