"""The own words of a page in parts, so that a translation can say which of them it renders.

The first part is the title with the description, the second is what comes before the first section, and each
section is one more. What macros show of registers is not among them: registers have texts of their own.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from handbook.content.fingerprints import normal_text, readable_text
from handbook.content.pages import Page
from handbook.content.translation.marks import DIGITS
from handbook.text.prose import section_starts, without_link_addresses


@dataclass(frozen=True, slots=True)
class TextPart:
    """A part of a page; `heading` is empty for the first two."""

    heading: str
    text: str

    @property
    def mark(self) -> str:
        """Return the beginning of the SHA-256 of the text."""
        return mark_of(self.text)


def mark_of(text: str) -> str:
    """Return the mark of a text: the beginning of its SHA-256, after it is normalized.

    Where links lead does not count: it is not a word, and a page that moves changes no text.
    """
    words = normal_text(without_link_addresses(text))
    return hashlib.sha256(words.encode("utf-8")).hexdigest()[:DIGITS]


def text_parts(page: Page) -> list[TextPart]:
    """Return the title with the description, the text before the first heading, and each section."""
    head = "\n".join(page.front_matter.text(key) or "" for key in ("title", "description"))
    return [TextPart("", head), *_sections(readable_text(page.body))]


def _sections(body: str) -> Iterator[TextPart]:
    starts = list(section_starts(body))
    ends = [*(start for start, _ in starts), len(body)]
    yield TextPart("", body[: ends[0]])
    for (start, heading), end in zip(starts, ends[1:], strict=True):
        yield TextPart(heading, body[start:end])
