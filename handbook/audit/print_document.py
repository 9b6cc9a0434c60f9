"""Joins the published pages of an edition into one document for print, with links inside it.

A published page has scripts, menus and a frame, and its links lead to other files. Only its text is taken,
without anything that runs or loads from another host. Each id gets the number of its page.
"""

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote, urlsplit

import nh3
from markupsafe import Markup

from handbook.content.languages import UNMARKED
from handbook.content.pages import Page
from handbook.content.site_map import SiteMap, linked_file
from handbook.editions.manifest import Manifest
from handbook.formats.html_document import DOCUMENTS
from handbook.formats.html_elements import WORKS_BY_SCRIPT, elements, has_class
from handbook.registers.last_review import LastReview

_TEXT: Final = "md-content__inner"
_NAMES_IDS: Final = frozenset({"aria-labelledby", "aria-describedby", "headers"})
# A PDF would have a figure around the picture, and only the picture has alternative text.
_ELEMENTS: Final = (nh3.ALLOWED_TAGS | {"caption", "section"}) - {"figure"}
_WITHOUT_ALTERNATIVE: Final = re.compile(r"<img(?![^>]*\salt=)")
_UNDESCRIBED: Final = '<img alt="Picture without a description"'
_ATTRIBUTES: Final = {
    "*": {"class", "dir", "hidden", "id", "lang", "role", "aria-label", "aria-hidden", *_NAMES_IDS},
    "a": {"href", "hreflang"},
    "img": {"alt", "height", "src", "width"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan", "style"},
    "th": {"colspan", "rowspan", "scope", "style"},
    "time": {"datetime"},
}


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page of an edition, its last review, the file of the site that shows it, and its number, from 1."""

    page: Page
    review: LastReview
    file: str
    number: int

    @property
    def anchor(self) -> str:
        """Return the id at which the page begins in print."""
        return f"page-{self.number}"


def printed_pages(
    pages: Iterable[Page],
    review_of: Callable[[Page], LastReview],
    site_map: SiteMap,
    files: Container[str],
) -> list[PrintedPage]:
    """Return pages in the order of the navigation, the main language first.

    `files` are those of the site; a page that none of them shows is left out.
    """
    candidates = ((page, file_of(site_map.address_of(page), files)) for page in in_order(pages, site_map))
    shown = ((page, file) for page, file in candidates if file)
    return [PrintedPage(page, review_of(page), file, number) for number, (page, file) in enumerate(shown, 1)]


def in_order(pages: Iterable[Page], site_map: SiteMap) -> list[Page]:
    """Return pages in the order of the navigation, the main language first; pages outside it come last."""
    ranks = {path: rank for rank, path in enumerate(site_map.sections)}
    order = [*site_map.languages, UNMARKED]

    def rank(page: Page) -> tuple[int, int, str]:
        outside = -1 if page.is_index else len(ranks)
        original = site_map.original_of(page)
        return order.index(page.language), ranks.get(original, outside), page.path

    return sorted(pages, key=rank)


def file_of(address: str, files: Container[str]) -> str | None:
    """Return the file of the site at an address, with or without a folder for each page, or None."""
    clean = unquote(address).removeprefix("./")
    candidates = (f"{clean}index.html", f"{clean.rstrip('/')}.html", clean)
    return next((path for path in candidates if path in files), None)


def print_document(
    manifest: Manifest,
    pages: Sequence[PrintedPage],
    published: Mapping[str, str],
    title: str,
    images: Mapping[str, str],
    numbers: Mapping[str, int] = MappingProxyType({}),
    variant: Callable[[str], str] = str,
) -> str:
    """Return one HTML document of all `pages`; `published` is the HTML of each, by its file.

    `images` maps the path of each picture of the site to its address in print, and `numbers` the anchor of
    each page to the number of the printed page on which it begins, as far as that is known. `variant` returns
    a language with its region.
    """
    # A page that is not translated has an address in each language; print shows it once.
    anchors = {_within_language(page.file, page): page.anchor for page in reversed(pages)}
    anchors |= {page.file: page.anchor for page in pages}
    return DOCUMENTS.get_template("print.html").render(
        title=title,
        manifest=manifest,
        numbers=numbers,
        language=variant(pages[0].page.language) if pages else "en",
        variant=variant,
        pages=[(page, _text(page, anchors, published[page.file], images)) for page in pages],
    )


def _text(page: PrintedPage, anchors: Mapping[str, str], html: str, images: Mapping[str, str]) -> Markup:
    """Return the text of a published page, with its ids and links adapted to print."""

    def kept(element: str, attribute: str, value: str) -> str | None:
        if attribute == "id":
            return f"{page.anchor}.{value}"
        if attribute in _NAMES_IDS:
            return " ".join(f"{page.anchor}.{name}" for name in value.split())
        if attribute == "href":
            return _link(value, page, anchors)
        return _picture(value, images.get(linked_file(value, page.file))) if attribute == "src" else value

    cleaner = nh3.Cleaner(
        tags=_ELEMENTS,
        clean_content_tags=set(WORKS_BY_SCRIPT),
        attributes=_ATTRIBUTES,
        attribute_filter=kept,
        set_tag_attribute_values={"details": {"open": ""}},
        filter_style_properties={"text-align"},
        url_schemes={"http", "https", "mailto", "tel", "data"},
        link_rel=None,
    )
    clean = cleaner.clean(_article(html))
    return Markup(_WITHOUT_ALTERNATIVE.sub(_UNDESCRIBED, clean))  # noqa: S704 - it is cleaned


def _picture(value: str, shown: str | None) -> str | None:
    """Return the address of a picture in print, with its fragment, which can limit it to the dark theme."""
    fragment = urlsplit(value).fragment
    return f"{shown}#{fragment}" if shown and fragment else shown


def _link(value: str, page: PrintedPage, anchors: Mapping[str, str]) -> str | None:
    """Return the target of a link in print: an anchor or another site; None if it leads to another file."""
    if urlsplit(value).scheme:
        return value
    fragment = urlsplit(value).fragment
    target = linked_file(value, page.file)
    anchor = anchors.get(target) or anchors.get(_within_language(target, page))
    if anchor is None:
        return None
    return f"#{anchor}.{fragment}" if fragment else f"#{anchor}"


def _within_language(file: str, page: PrintedPage) -> str:
    """Return a file that a page leads to, without the folder of the page's language."""
    return file.removeprefix(f"{page.page.language}/")


def _article(html: str) -> str:
    """Return the HTML of the text of a published page."""
    articles = elements(html, lambda tag, attributes: tag == "article" and has_class(attributes, _TEXT))
    return articles[0].inner if articles else html
