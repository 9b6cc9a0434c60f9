"""What changed for readers with each edition: on a page, as a feed, and as the record of an edition.

A macro cannot know the pages that are built after its own, so it leaves a place that the end of the build
fills.
"""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urljoin
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from mkdocs.utils import get_relative_url

from handbook.comparison.change_record import FILE, ChangedPage
from handbook.comparison.changes_for_build import EditionChanges, changes_for_build
from handbook.editions.manifest import Manifest
from handbook.editions.site_files import FolderFiles
from handbook.errors import HandbookError
from handbook.git.source_repository import SourceRepository
from handbook.text.redline import Mark
from macros.context.site import Site
from macros.definitions.what_changed import FEED, PAGE, PLACE, TOP_FEED, feed_address
from macros.presentation.catalog import Catalog
from macros.presentation.dates import localized_date
from macros.presentation.safe_html import clean
from macros.presentation.templates import render

# What XML has no way to write.
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def change_files(site: Site, root: Path, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files to write once all pages of all languages are in `folder`, by path below it.

    Raises:
        HandbookError: if editions cannot be read, or a file in docs/ has the name of one of these.

    """
    for name in (FEED, FILE):
        if (root / "docs" / name).exists():
            raise HandbookError(f"docs/{name} has the name of a file that editions have; rename it")
    source = site.source or SourceRepository(root)
    rows = changes_for_build(source, site.editions, FolderFiles(folder), site.organization.time_zone)
    if rows:
        yield FEED, feed(site, rows)
    if rows and site.editions.own and rows[0].report:
        yield FILE, rows[0].report.as_bytes()
    for language, path in _pages(site):
        file = folder / path
        if file.is_file():
            shown = _shown(site, rows, language, path)
            yield path, file.read_text(encoding="utf-8").replace(PLACE, shown).encode()


def feed(site: Site, rows: Sequence[EditionChanges]) -> bytes:
    """Return the Atom feed of editions (RFC 4287), with addresses if they are known."""
    catalog, base = site.catalogs[site.main_language], site.organization.handbook
    start = f"{base.rstrip('/')}/" if base else None
    xml = render(
        "documents/what_changed.xml",
        rows=rows,
        words=catalog.group("changes"),
        readers=lambda page: _readers(page, catalog),
        title=site.name_in(site.main_language),
        language=site.main_language,
        author=site.organization.say(site.organization.name, site.main_language),
        identity=lambda name: uuid5(NAMESPACE_URL, f"{site.organization.repository}#edition-{name}").urn,
        moment=lambda manifest: _moment(manifest, site),
        localized_date=lambda day: localized_date(day, catalog),
        page=urljoin(start, site.addresses[PAGE]) if start and PAGE in site.addresses else None,
        own_address=urljoin(start, FEED) if start else None,
        anchor=_anchor,
    )
    return f"{_NO_XML.sub(chr(0xFFFD), xml)}\n".encode()


def top_feed(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return the feed for the top of the branch, beside the editions."""
    return {TOP_FEED: files[FEED]} if FEED in files else {}


def _pages(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the file of the page in each language, translated or not."""
    address = site.addresses.get(PAGE)
    for language in site.organization.languages if address is not None else ():
        index = "index.html" if (address or "/").endswith("/") else ""
        yield language, f"{site.folder_of(language)}{address}{index}"


def _shown(site: Site, rows: Sequence[EditionChanges] | None, language: str, path: str) -> str:
    shown = site.page_for(PAGE, language)
    catalog = site.catalogs[shown.language if shown else language]
    html = render(
        "documents/what_changed.html",
        rows=rows,
        own=site.editions.own,
        words=catalog.group("changes"),
        language=catalog.language,
        readers=lambda page: _readers(page, catalog),
        localized_date=lambda day: localized_date(day, catalog),
        link=lambda page: get_relative_url(_address(page), path) if _is_here(page, site) else None,
        earlier=lambda manifest: _page_of(manifest, site, path),
        feed=feed_address(site, PAGE, path),
        anchor=_anchor,
        marks=Mark,
    )
    return str(clean(html))


def _readers(page: ChangedPage, catalog: Catalog) -> str:
    """Return for whom a page is or was, in words."""
    names = catalog.group("audience")
    readers = ", ".join(names.get(reader, reader) for reader in sorted(page.readers))
    return readers or catalog["changes.unnamed"]


def _address(page: ChangedPage) -> str:
    return (page.address or "").removesuffix("index.html") or "."


def _is_here(page: ChangedPage, site: Site) -> bool:
    return page.path.removeprefix("docs/") in site.pages and page.address is not None


def _page_of(manifest: Manifest, site: Site, path: str) -> str | None:
    """Return a link to the same page of an earlier edition; the folders of editions are side by side."""
    if site.editions.own is None or manifest.page(PAGE) is None:
        return None
    return f"../{get_relative_url(f'{manifest.edition}/{site.addresses[PAGE]}', path)}"


def _anchor(manifest: Manifest) -> str:
    return f"edition-{manifest.edition.replace('.', '-')}"


def _moment(manifest: Manifest, site: Site) -> str:
    """Return when an edition was published: only the day is known, in the organization's time zone."""
    zone = ZoneInfo(site.organization.time_zone)
    return datetime.datetime.combine(manifest.published, datetime.time(), zone).isoformat()
