"""Finds elements in the HTML of a published page, and keeps them as they are written there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final, TypeAlias

# What runs, draws, or waits for a hand: without the scripts of its page, none of it means anything.
WORKS_BY_SCRIPT: Final = frozenset(
    "button datalist dialog form input label menu meter noscript option progress script select style svg"  # noqa: SIM905
    " template textarea".split()
)
_IsWanted: TypeAlias = Callable[[str, Mapping[str, str]], bool]


@dataclass(frozen=True, slots=True)
class Element:
    """An element: its attributes, its HTML with its own tags, and the HTML inside of it."""

    attributes: Mapping[str, str]
    outer: str
    inner: str


def elements(html: str, is_wanted: _IsWanted) -> list[Element]:
    """Return the elements that are wanted by their name and attributes, in their order.

    What is inside of one is not looked at. One that is never closed reaches to the end.
    """
    return _Finder(html, is_wanted).found


def has_class(attributes: Mapping[str, str], name: str) -> bool:
    """Tell whether an element has a class."""
    return name in attributes.get("class", "").split()


class _Finder(HTMLParser):
    """Notes where the wanted elements begin and end, as offsets into the HTML."""

    def __init__(self, html: str, is_wanted: _IsWanted) -> None:
        super().__init__()
        self.found: list[Element] = []
        self._html, self._is_wanted = html, is_wanted
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._tag, self._depth = "", 0
        self._attributes: Mapping[str, str] = {}
        self._begin = self._inside = 0
        self.feed(html)
        self.close()
        if self._depth:
            self._keep(len(html), len(html))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._depth:
            self._depth += tag == self._tag
            return
        attributes = {name: value or "" for name, value in attrs}
        if self._is_wanted(tag, attributes):
            self._tag, self._depth, self._attributes = tag, 1, attributes
            self._begin = self._offset()
            self._inside = self._begin + len(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if self._depth and tag == self._tag:
            self._depth -= 1
            if not self._depth:
                end = self._offset()
                self._keep(end, self._html.index(">", end) + 1)

    def _keep(self, inside: int, end: int) -> None:
        outer, inner = self._html[self._begin : end], self._html[self._inside : inside]
        self.found.append(Element(self._attributes, outer, inner))

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
