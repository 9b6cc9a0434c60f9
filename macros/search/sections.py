"""Reads what a search can answer with on a page: sections, scenario cards, and lines at a glance."""

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from html import unescape
from typing import Final

from handbook.markup.refused_html import attributes_of

_TOKEN: Final = re.compile(
    r"""<(/?)([a-zA-Z][^\s/>]*)((?:[^"'>]++|"[^"]*"|'[^']*')*)>|<!--.*?-->|([^<]+)""", re.DOTALL
)
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4"})
_BLOCKS: Final = frozenset("p li dt dd td th h1 h2 h3 h4 h5 h6 div section caption tr".split())  # noqa: SIM905
_VOID: Final = frozenset({"br", "col", "hr", "img", "wbr"})
_SILENT: Final = frozenset({"script", "style", "template"})
# The classes, the id, and the language of an element without attributes.
_PLAIN: Final[tuple[frozenset[str], str, str]] = (frozenset(), "", "")
# The foot of a card, its answer in a word, which the sign says, and what leads from the cards to others.
_ASIDE: Final = frozenset({"record__foot", "answer", "scenarios__others"})
# What a card's answer and a panel at a glance are called in the page, and the sign of each.
_ANSWERS: Final = {"answer--fine": "fine", "answer--ask": "ask", "answer--no": "no"}
_PANELS: Final = {"glance__part--may": "may", "glance__part--ask": "ask", "glance__part--never": "never"}


@dataclass
class Section:
    """A part of a page. `anchor` is empty at the top of a page.

    `sign` is `may`, `ask`, or `never` for a line at a glance, `fine`, `ask`, or `no` for a card, or empty.

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

    @cached_property
    def text(self) -> str:
        """Return the text below the heading, on one line; it is asked for once the page is read."""
        return " ".join("".join(self.pieces).split())


@dataclass(frozen=True, slots=True)
class _Inside:
    """What is true of everything inside an element.

    Nobody reads what `is_silent`; `sign` is that of the panel, and a card is that of a scenario.
    """

    is_silent: bool = False
    language: str = ""
    sign: str = ""
    is_card: bool = False


@lru_cache(maxsize=8_192)  # Pages repeat the same tags.
def _attributes(text: str) -> tuple[frozenset[str], str, str]:
    """Return the classes, the id, and the language that the attributes of a tag say."""
    values = attributes_of(text)
    return frozenset(values.get("class", "").split()), values.get("id", ""), values.get("lang", "")


class _Reader:
    """Splits the HTML of a page into its sections, in their order."""

    def __init__(self) -> None:
        self.sections = [Section("")]
        self._open: list[tuple[str, _Inside]] = [("", _Inside())]
        self._heading: Section | None = None
        self._glance: Section | None = None

    def read(self, html: str) -> None:
        """Read HTML that was cleaned, or that our templates made: its tags are in lower case."""
        for closes, tag, attributes, text in _TOKEN.findall(html):
            if text:
                self._write(unescape(text))
            elif closes:
                self._leave(tag)
            elif tag:
                self._enter(tag, attributes)

    def _enter(self, tag: str, attributes: str) -> None:
        """Begin a section at a heading, and an answer of its own at a line of a panel."""
        if tag in _BLOCKS:
            self._separate()
        inside = self._open[-1][1]
        classes, anchor, language = _attributes(attributes) if attributes else _PLAIN
        if classes or language or tag in _SILENT:
            inside = _inside(inside, tag, classes, language)
        if tag not in _VOID:
            self._open.append((tag, inside))
        if anchor and tag in _HEADINGS:
            self._heading = Section(anchor, is_card=self._open[-1][1].is_card)
            self.sections.append(self._heading)
        for name in classes & _ANSWERS.keys():
            self.sections[-1].sign = _ANSWERS[name]
        if tag == "li" and inside.sign:
            self._glance = Section("", sign=inside.sign)
            self.sections.insert(-1, self._glance)

    def _leave(self, tag: str) -> None:
        """Leave an element with everything that was not closed in it."""
        place = next((at for at in range(len(self._open) - 1, 0, -1) if self._open[at][0] == tag), None)
        if place is None:
            return
        del self._open[place:]
        if tag in _HEADINGS:
            self._heading = None
        if tag == "li":
            self._glance = None
        if tag in _BLOCKS:
            self._separate()

    def _write(self, text: str) -> None:
        """Add text to the heading or the section that is open."""
        inside = self._open[-1][1]
        if inside.is_silent:
            return
        part, section = self._heading or self._glance, self.sections[-1]
        if part:
            if part.heading_language is None and not text.isspace():
                part.heading_language = inside.language
            part.heading += text
        else:
            if section.text_language is None and not text.isspace():
                section.text_language = inside.language
            section.pieces.append(text)

    def _separate(self) -> None:
        """Add a space, so that the words of two blocks are not one."""
        self._write(" ")


def _inside(around: _Inside, tag: str, classes: frozenset[str], language: str) -> _Inside:
    return _Inside(
        around.is_silent or tag in _SILENT or bool(classes & _ASIDE),
        language or around.language,
        next((sign for name, sign in _PANELS.items() if name in classes), around.sign),
        around.is_card or "scenario" in classes,
    )


def sections_of(html: str) -> list[Section]:
    """Return the sections of a page that have a heading or a text."""
    reader = _Reader()
    reader.read(html)
    for section in reader.sections:
        section.heading = " ".join(section.heading.split())
    return [section for section in reader.sections if section.heading or section.text]
