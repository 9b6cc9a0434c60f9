"""Counts the words of built pages for employees, without what is folded."""

import re
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

import yaml

from handbook.registers.evidence_folder import is_about_the_tool

MOST_WORDS: Final = 1200
# Pages that may be longer, and why, and pages that are still too long.
LONG_PAGES: Final = Path(__file__).with_name("long_pages.yml")
_SOURCE: Final = re.compile(r'<div class="text" [^>]*data-page="(docs/[^"]+)"')
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SILENT: Final = frozenset({"script", "style", "template"})
_VOID: Final = frozenset({"br", "hr", "img", "input", "wbr", "col", "source"})


class _WordCounter(HTMLParser):
    """Counts the words in the text of a page that are seen before anything is unfolded."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words = 0
        # For each open element, whether it is a closed disclosure, and whether its text counts.
        self._open: list[tuple[bool, bool]] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        given = dict(attrs)
        is_in_closed, is_counted = self._open[-1] if self._open else (False, False)
        is_text = tag == "div" and given.get("class") == "text"
        is_gone = tag in _SILENT or "hidden" in given or (is_in_closed and tag != "summary")
        self._open.append((tag == "details" and "open" not in given, (is_counted or is_text) and not is_gone))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == (False, True):
            self.words += len(_WORD.findall(data))


def count_words(html: str) -> int:
    """Return how many words of a page are seen before anything is unfolded."""
    counter = _WordCounter()
    counter.feed(html)
    return counter.words


def lengths(site: Path) -> Mapping[str, int]:
    """Return the words of each page for employees, by the file that it is made from."""
    texts = (file.read_text(encoding="utf-8") for file in site.rglob("*.html"))
    found = {source[1]: count_words(text) for text in texts if (source := _SOURCE.search(text))}
    return {path: words for path, words in found.items() if not is_about_the_tool(path)}


def too_long(site: Path) -> dict[str, int]:
    """Return the pages with more words than they may have, lists that nobody reads as a whole excepted."""
    known = yaml.safe_load(LONG_PAGES.read_text(encoding="utf-8"))
    limits = {**dict.fromkeys(known["lists"], 10**6), **known["still_too_long"]}
    return {
        path: words
        for path, words in lengths(site).items()
        if words > limits.get(path.replace(".fr.md", ".md"), MOST_WORDS)
    }
