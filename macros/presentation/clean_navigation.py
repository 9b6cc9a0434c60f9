"""Cleans the titles of headings, which Markdown leaves as HTML."""

from mkdocs.structure.toc import AnchorLink

from macros.presentation.safe_html import clean, plain


def clean_heading(item: AnchorLink) -> None:
    """Clean the title of a heading and of those below it."""
    if "<" in item.title:
        item.title = clean(item.title)
    item.id = plain(item.id)
    for child in item.children:
        clean_heading(child)
