"""Lets the theme, which is written to print everything as it is, print text as text.

Every template of the theme escapes what it prints. What is HTML says so by its type: `Markup`.
"""

from html import unescape
from typing import Final

from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from macros.presentation.safe_html import clean, plain_id

# The theme's own words and its style of icons are HTML, and nothing of ours is in them.
_OWN_HTML: Final = ("partials/languages/", "partials/icons.html")


def is_escaped(template: str | None) -> bool:
    """Tell Jinja whether a template of the theme escapes what it prints."""
    return not (template or "").startswith(_OWN_HTML)


def state_title(page: Page) -> None:
    """Make the title of a page HTML, for the theme and for the index of the search, which does not escape.

    A title from the front matter is text. One that MkDocs took from a heading has its characters as entities.
    """
    title = str(page.title)
    page.title = escape(title if "title" in page.meta else unescape(title))
    if "title" in page.meta:
        page.meta["title"] = escape(page.meta["title"])


def clean_heading(item: AnchorLink) -> None:
    """Clean the title of a heading, which is HTML, and its id, and those of the headings below it."""
    item.title = Markup(clean(item.title))  # noqa: S704 - it was cleaned
    item.id = plain_id(item.id)
    for child in item.children:
        clean_heading(child)


def clean_copyright(config: MkDocsConfig) -> None:
    """Clean the copyright of mkdocs.yml, which may be HTML."""
    if config.copyright:
        config.copyright = Markup(clean(config.copyright))  # noqa: S704 - it was cleaned
