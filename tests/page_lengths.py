"""Finds built pages for employees, and counts their words, with what is folded."""

import re
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

import yaml

from handbook.registers.evidence_folder import is_about_the_tool

# French takes an eighth more words than English to say the same.
MOST_WORDS: Final = {"en": 1200, "fr": 1350}
# Pages that may be longer, and why.
LISTS: Final = Path(__file__).with_name("long_pages.yml")
_SOURCE: Final = re.compile(r'<div class="text" [^>]*data-page="(docs/[^"]+)"')
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SILENT: Final = frozenset({"script", "style", "template"})
_VOID: Final = frozenset({"br", "hr", "img", "input", "wbr", "col", "source"})


class _WordCounter(HTMLParser):
    """Counts the words in the text of a page, but not what a script hides or shows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words = 0
        # For each open element, whether its text counts.
        self._open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        given = dict(attrs)
        is_text = tag == "div" and given.get("class") == "text"
        is_gone = tag in _SILENT or "hidden" in given
        self._open.append((is_text or self._is_counted) and not is_gone)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._is_counted:
            self.words += len(_WORD.findall(data))

    @property
    def _is_counted(self) -> bool:
        return bool(self._open) and self._open[-1]


def count_words(html: str) -> int:
    """Return how many words the text of a page has."""
    counter = _WordCounter()
    counter.feed(html)
    return counter.words


def employee_pages(site: Path) -> Mapping[str, Path]:
    """Return each built page for employees, by the file that it is made from."""
    texts = {file: file.read_text(encoding="utf-8") for file in site.rglob("*.html")}
    files = {source[1]: file for file, text in texts.items() if (source := _SOURCE.search(text))}
    return {path: file for path, file in files.items() if not is_about_the_tool(path)}


def lengths(site: Path) -> Mapping[str, int]:
    """Return the words of each page for employees, by the file that it is made from."""
    return {
        path: count_words(file.read_text(encoding="utf-8")) for path, file in employee_pages(site).items()
    }


def most_words(path: str) -> int:
    """Return how many words a page may have, in its language."""
    return MOST_WORDS["fr" if path.endswith(".fr.md") else "en"]


def is_list(path: str) -> bool:
    """Return whether nobody reads a page from beginning to end."""
    return path.replace(".fr.md", ".md") in yaml.safe_load(LISTS.read_text(encoding="utf-8"))["lists"]


def too_long(site: Path) -> dict[str, int]:
    """Return the pages with more words than they may have, lists that nobody reads as a whole excepted."""
    return {
        path: words for path, words in lengths(site).items() if words > most_words(path) and not is_list(path)
    }
