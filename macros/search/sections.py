"""Reads what a search can answer with on a page: sections, scenario cards, and lines at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4"})
_BLOCKS: Final = frozenset("p li dt dd td th h1 h2 h3 h4 h5 h6 div section caption tr".split())  # noqa: SIM905
_SILENT: Final = frozenset({"script", "style", "template"})
# The foot of a card, its answer in a word, which the sign says, and what leads from the cards to others.
_ASIDE: Final = frozenset({"record__foot", "answer", "scenarios__others"})
# What a card's answer and a panel at a glance are called in the page, and the sign of each.
_ANSWERS: Final = {"answer--fine": "may", "answer--ask": "ask", "answer--no": "never"}
_PANELS: Final = {"glance__part--may": "may", "glance__part--ask": "ask", "glance__part--never": "never"}


@dataclass
class Section:
    """A part of a page. `sign` is `may`, `ask`, `never`, or empty; `anchor` is empty at the top of a page.

    The languages of the heading and of how the text begins are empty if they are that of the page. A card is
    a question with its answer, one of a list.
    """

    anchor: str
    heading: str = ""
    sign: str = ""
    heading_language: str | None = None
    text_language: str | None = None
    is_card: bool = False
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the text below the heading, on one line."""
        return " ".join("".join(self.pieces).split())


@dataclass
class SectionReader(HTMLParser):
    """Splits the cleaned HTML of a page into its sections, in their order."""

    sections: list[Section] = field(default_factory=lambda: [Section("")])

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, frozenset[str], str]] = []
        self._heading: Section | None = None
        self._glance: Section | None = None

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Begin a section at a heading, and an answer of its own at a line of a panel."""
        attributes = {name: value or "" for name, value in attrs}
        classes = frozenset(attributes.get("class", "").split())
        if tag in _BLOCKS:
            self._write(" ")
        if tag not in ("br", "hr", "img", "wbr", "col"):
            self._open.append((tag, classes, attributes.get("lang", "")))
        if tag in _HEADINGS and attributes.get("id"):
            self._heading = Section(attributes["id"], is_card=self._is_in_card())
            self.sections.append(self._heading)
        for name in classes & _ANSWERS.keys():
            self.sections[-1].sign = _ANSWERS[name]
        if tag == "li" and (sign := self._panel()):
            self._glance = Section("", sign=sign)
            self.sections.insert(-1, self._glance)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element with everything that was not closed in it."""
        names = [name for name, _, _ in self._open]
        if tag not in names:
            return
        del self._open[len(names) - 1 - names[::-1].index(tag) :]
        if tag in _HEADINGS:
            self._heading = None
        if tag == "li":
            self._glance = None
        if tag in _BLOCKS:
            self._write(" ")

    def handle_data(self, data: str) -> None:
        """Add text to the heading or the section that is open."""
        self._write(data)

    def _write(self, text: str) -> None:
        if any(tag in _SILENT or classes & _ASIDE for tag, classes, _ in self._open):
            return
        part = self._heading or self._glance
        language = self._language() if text.strip() else None
        if part:
            part.heading_language = language if part.heading_language is None else part.heading_language
            part.heading += text
        else:
            section = self.sections[-1]
            section.text_language = language if section.text_language is None else section.text_language
            section.pieces.append(text)

    def _language(self) -> str:
        """Return the language of what is read, if an element says it."""
        return next((language for _, _, language in reversed(self._open) if language), "")

    def _is_in_card(self) -> bool:
        return any("scenario" in classes for _, classes, _ in self._open)

    def _panel(self) -> str | None:
        names = {name for _, classes, _ in self._open for name in classes}
        return next((sign for name, sign in _PANELS.items() if name in names), None)


def sections_of(html: str) -> list[Section]:
    """Return the sections of a page that have a heading or a text."""
    reader = SectionReader()
    reader.feed(html)
    reader.close()
    for section in reader.sections:
        section.heading = " ".join(section.heading.split())
    return [section for section in reader.sections if section.heading or section.text]
