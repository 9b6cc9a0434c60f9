"""Texts of registers as a page says them."""

import unicodedata
from dataclasses import dataclass

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """A text, and its language if that is not the language of the page.

    Templates mark a text in another language, so that it is pronounced correctly.
    """

    text: str
    language: str | None = None

    def __html__(self) -> Markup:
        """Return the text as HTML; the name is that by which templates ask for it."""
        if self.language is None:
            return escape(self.text)
        return Markup('<span lang="{}">{}</span>').format(self.language, self.text)


@dataclass(frozen=True, slots=True)
class PageLink:
    """What leads to a page of the handbook, and what the page is called."""

    address: str
    title: LocalizedText


def alphabetical(text: str) -> tuple[str, str]:
    """Return a key by which an accent counts only between words that are otherwise the same."""
    folded = text.casefold()
    decomposed = unicodedata.normalize("NFD", folded)
    letters = (character for character in decomposed if not unicodedata.combining(character))
    return "".join(letters), folded
