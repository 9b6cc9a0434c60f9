"""Finds the pages that a case is about, by a path or by words, among those of one day."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from handbook.content.pages import Page
from handbook.text.quoting import one_line

_AROUND: Final = 40
_BLANKS: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A page with words that were searched, and the words around the first of them."""

    page: Page
    excerpt: str


def page_at(pages: Iterable[Page], asked: str) -> Page | None:
    """Return the page at a path, which may leave out `docs/` and the ending, or None."""
    path = PurePosixPath(asked.replace("\\", "/")).as_posix()
    names = {path, f"docs/{path}", f"docs/{path}.md"}
    return next((page for page in pages if page.path in names), None)


def pages_with(pages: Sequence[Page], words: str, shown: Callable[[Page], Sequence[str]]) -> list[Hit]:
    """Return the pages that have all the words next to each other or, if there is none, in any order.

    They are searched in what was written and in what readers saw, whatever the case of their letters.
    """
    texts = [(page, _text(page, shown(page))) for page in pages]
    phrase = _BLANKS.sub(" ", words).strip()
    return list(_hits(texts, [phrase])) or list(_hits(texts, phrase.split()))


def _text(page: Page, lines: Sequence[str]) -> str:
    return _BLANKS.sub(" ", " ".join([page.title or "", page.body, *lines]))


def _hits(texts: Iterable[tuple[Page, str]], words: Sequence[str]) -> Iterator[Hit]:
    patterns = [re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE) for word in words if word]
    for page, text in texts:
        matches = [pattern.search(text) for pattern in patterns]
        if matches and matches[0] and all(matches):
            yield Hit(page, _excerpt(text, matches[0].start(), matches[0].end()))


def _excerpt(text: str, begin: int, end: int) -> str:
    start, stop = max(begin - _AROUND, 0), end + _AROUND
    before, after = "…" if start else "", "…" if stop < len(text) else ""
    return f"{before}{one_line(text[start:stop]).strip()}{after}"
