"""What the frame around a page shows: its menu, its path, the languages it exists in, and whom to call."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Any, Final
from urllib.parse import quote

from markupsafe import Markup
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page as BuiltPage

from handbook.content.languages import main_path
from handbook.content.site_map import address_of_path
from macros.context.page_facts import ContactDetails, asked
from macros.context.site import Site
from macros.presentation.catalog import Catalog
from macros.presentation.localized import LocalizedText

# The menu of a page lists every page of a section up to this many, and more only in the section of the page.
# So it is with all sections together: a thousand pages would each have a thousand links.
_SHOWN_ENTRIES: Final = 40
_SHOWN_IN_ALL: Final = 300
_START: Final = "index.md"
# The sections of those who run accounts, and what most employees never need; all others are in the menu.
_IN_FOOTER: Final = ("accounts", "forms", "about", "editors", "auditors")


@dataclass(frozen=True, slots=True)
class FramePages:
    """The pages below `docs/` that the frame leads to, from `extra` in mkdocs.yml, if there are any."""

    search: str | None
    emergency: str | None


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A link of the menu; the one to the page itself is current."""

    title: LocalizedText
    address: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class MenuSection:
    """A heading of the menu with its links."""

    title: LocalizedText
    entries: Sequence[MenuEntry]
    has_current: bool


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """A language to switch to; `address` is None if its readers get no such page.

    `is_text` tells whether the page itself is in that language, rather than only what surrounds it.
    """

    language: str
    name: str
    address: str | None
    is_text: bool


@dataclass(frozen=True, slots=True)
class Emergency:
    """The strip on every page: the contact, and the page for emergencies, which is None on that page."""

    contact: ContactDetails
    page: str | None

    @property
    def call(self) -> str:
        """Return the link that reaches the contact at once."""
        return f"tel:{self.contact.dialled}" if self.contact.phone else f"mailto:{self.contact.email}"


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What the frame shows on one page, in one language. Addresses are relative to the top of the site.

    The title is empty for a file without a source.
    """

    title: LocalizedText
    assets: str
    root: str
    home: str
    organization: LocalizedText
    logo: str | None
    kind: str
    menu: Sequence[MenuSection]
    footer: Sequence[MenuSection]
    path: Sequence[MenuEntry]
    contents: Sequence[Any]
    languages: Sequence[OtherLanguage]
    emergency: Emergency
    search_page: str

    @property
    def has_search(self) -> bool:
        """Tell whether the header offers the search; the start page and 404.html have it in their middle."""
        return self.kind not in ("start", "missing")


def page_frame(
    site: Site, catalog: Catalog, nav: Navigation, page: BuiltPage | None, pages: FramePages
) -> PageFrame:
    """Return the frame of a page, or of a file without a source, such as 404.html."""
    sections = list(_sections(site, catalog, nav, page))
    below = {catalog[f"navigation.{name}"] for name in _IN_FOOTER}
    name = site.organization.short_name
    source = page.file.src_uri if page else None
    kind = _kind(site, source, pages)
    return PageFrame(
        title=_title(site, catalog, page) if page else LocalizedText(""),
        assets=site.assets.folder,
        root=_home(site, catalog.language),
        home=_home(site, catalog.language),
        organization=site.say(name, catalog.language),
        logo=site.organization.brand.logo if site.organization.brand else None,
        kind=kind,
        menu=[section for section in sections if section.title.text not in below],
        footer=[section for section in sections if section.title.text in below],
        path=list(_path(site, catalog, page, sections)) if kind != "start" else [],
        contents=_headings(page),
        languages=list(_languages(site, catalog, page)),
        emergency=_emergency(site, catalog, source, pages),
        search_page=_localized(site, catalog.language, pages.search) or _home(site, catalog.language),
    )


def _kind(site: Site, source: str | None, pages: FramePages) -> str:
    name = main_path(source, site.organization.languages) if source else None
    if name == _START:
        return "start"
    return "emergency" if name and name == pages.emergency else "page"


@dataclass(frozen=True, slots=True)
class _Listed:
    """A section of the navigation: the pages in it, and how it is shown on the pages of other sections."""

    pages: Sequence[BuiltPage]
    identities: frozenset[int]
    elsewhere: MenuSection


def _sections(site: Site, catalog: Catalog, nav: Navigation, page: BuiltPage | None) -> Iterator[MenuSection]:
    for section in _listed(site, catalog.language, nav):
        if page is None or id(page) not in section.identities:
            yield section.elsewhere
        else:
            entries = [_entry(site, catalog, entry, page) for entry in section.pages]
            yield MenuSection(section.elsewhere.title, entries, has_current=True)


@lru_cache(maxsize=1)
def _listed(site: Site, language: str, nav: Navigation) -> Sequence[_Listed]:
    """Return the sections of a navigation, once for all the pages whose frames show it.

    A page that was saved makes another context of the build, so that its title is read again.
    """
    sections = [(item, list(_pages(item))) for item in nav.items if isinstance(item, Section)]
    most = _SHOWN_ENTRIES if sum(len(pages) for _, pages in sections) <= _SHOWN_IN_ALL else 1
    return [_listed_section(site, site.catalogs[language], item, pages, most) for item, pages in sections]


def _listed_section(
    site: Site, catalog: Catalog, item: Section, pages: Sequence[BuiltPage], most: int
) -> _Listed:
    shown = pages if len(pages) <= most else pages[:1]
    title = _from_navigation(site, catalog, str(item.title))
    elsewhere = MenuSection(title, [_entry(site, catalog, page) for page in shown], has_current=False)
    return _Listed(pages, frozenset(map(id, pages)), elsewhere)


def _pages(section: Section) -> Iterator[BuiltPage]:
    for item in section.children:
        if isinstance(item, Section):
            yield from _pages(item)
        elif isinstance(item, BuiltPage):
            yield item


def _entry(site: Site, catalog: Catalog, entry: BuiltPage, page: BuiltPage | None = None) -> MenuEntry:
    return MenuEntry(_title(site, catalog, entry), entry.file.url, is_current=entry is page)


def _title(site: Site, catalog: Catalog, page: BuiltPage) -> LocalizedText:
    """Return what a page is called: by its own front matter, or by the navigation."""
    source, title = site.pages.get(page.file.src_uri), _text(page.title)
    if source is None or title != source.title:
        return _from_navigation(site, catalog, title)
    return LocalizedText(title, None if source.language == catalog.language else source.language)


def _text(title: str | None) -> str:
    """Return a title as text; that of a page that was read is HTML."""
    return unescape(title) if isinstance(title, Markup) else title or ""


def _from_navigation(site: Site, catalog: Catalog, title: str) -> LocalizedText:
    """Return a title of mkdocs.yml, which is in the main language unless the catalog translates it."""
    is_known = site.main_language == catalog.language or title in catalog.group("navigation").values()
    return LocalizedText(title, None if is_known else site.main_language)


def _path(
    site: Site, catalog: Catalog, page: BuiltPage | None, sections: Sequence[MenuSection]
) -> Iterator[MenuEntry]:
    yield MenuEntry(LocalizedText(catalog["frame.start"]), _home(site, catalog.language))
    section = next((section for section in sections if section.has_current), None)
    if section:
        first = section.entries[0]
        yield MenuEntry(section.title, first.address, is_current=first.is_current)


def _headings(page: BuiltPage | None) -> Sequence[Any]:
    """Return the headings of the second level."""
    items = list(page.toc) if page else []
    return items[0].children if len(items) == 1 else items


def _languages(site: Site, catalog: Catalog, page: BuiltPage | None) -> Iterator[OtherLanguage]:
    for language in site.organization.languages:
        if language != catalog.language:
            address = _localized(site, language, page.file.src_uri) if page else _home(site, language)
            shown = site.page_for(page.file.src_uri, language) if page else None
            is_text = shown is None or shown.language == language
            yield OtherLanguage(language, site.catalogs[language]["language"], address, is_text)


def _localized(site: Site, language: str, source: str | None) -> str | None:
    """Return the address of a page in a language, or None if it does not exist in it.

    A page that is not translated is shown in another one.
    """
    if source is None or not site.shows(source, language):
        return None
    address = quote(address_of_path(source, site.organization.languages))
    return f"{site.folder_of(language)}{address}" or "./"


def _home(site: Site, language: str) -> str:
    return site.folder_of(language) or "./"


def _emergency(site: Site, catalog: Catalog, source: str | None, pages: FramePages) -> Emergency:
    is_current = _kind(site, source, pages) == "emergency"
    address = None if is_current else _localized(site, catalog.language, pages.emergency)
    return Emergency(asked(site, "emergencies", catalog.language), address)
