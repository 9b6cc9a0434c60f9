"""Makes the names in the navigation plain text."""

from typing import Any

from mkdocs.structure.nav import Section
from mkdocs.structure.toc import AnchorLink

from macros.presentation.safe_html import clean, plain


def _clean_sections(items: list[Any]) -> None:
    for item in items:
        if isinstance(item, Section):
            item.title = plain(item.title) if "<" in item.title else item.title
            _clean_sections(item.children)


def _clean_heading(item: AnchorLink) -> None:
    if "<" in item.title:
        item.title = clean(item.title)
    item.id = plain(item.id)
    for child in item.children:
        _clean_heading(child)
