"""Cleans the titles that the theme prints unescaped: sections of the navigation, and headings."""

from typing import Any

from mkdocs.structure.nav import Section
from mkdocs.structure.toc import AnchorLink

from macros.presentation.safe_html import clean, plain


def clean_sections(items: list[Any]) -> None:
    """Make the titles of sections plain text."""
    for item in items:
        if isinstance(item, Section):
            item.title = plain(item.title) if "<" in item.title else item.title
            clean_sections(item.children)


def clean_heading(item: AnchorLink) -> None:
    """Clean the title of a heading and of those below it."""
    if "<" in item.title:
        item.title = clean(item.title)
    item.id = plain(item.id)
    for child in item.children:
        clean_heading(child)
