"""Texts of registers as a page says them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """A text, and its language if that is not the language of the page."""

    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class PageLink:
    """What leads to a page of the handbook, and what the page is called."""

    address: str
    title: LocalizedText
