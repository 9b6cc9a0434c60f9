"""A document for each page that shows all its changes, word by word, as readers saw them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_relative_url

from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.files.kept_results import KeptResults
from handbook.formats.redlines import as_html
from handbook.git.repository import Repository
from handbook.history.changes import Change
from handbook.text.quoting import short_commit
from macros.context.inbox import inbox_address
from macros.context.page_facts import asked_about
from macros.context.page_frame import MenuEntry, PageFrame
from macros.context.registry import MacroContext
from macros.context.site import Site
from macros.definitions.history import OVERVIEW, document_of, overview, shown_change, shown_history
from macros.outputs.kept_redlines import KeptRedlines, results_in
from macros.presentation.catalog import Catalog
from macros.presentation.localized import LocalizedText

# The languages of a build share what was kept, and so do the builds of `handbook serve`.
_results = cache(results_in)


def history_documents(
    site: Site, catalog: Catalog, frame: PageFrame, config: MkDocsConfig
) -> Mapping[str, bytes]:
    """Return a document for each page of a language that has changes, by its path below the site."""
    if site.history.unavailable:
        return {}
    pages = [page for page in site.pages.values() if site.is_home(page, catalog.language)]
    changed = [page for page in pages if site.history.changes_of(page.path)]
    if not changed:
        return {}
    frame = replace(frame, path=[*frame.path, *_path(site, catalog)])
    with Repository(site.history.root) as repository:
        # An edition is evidence, and shows nothing but what its own build computed.
        results = KeptResults() if site.editions.build else _results(repository.kept_folder)
        redlines = KeptRedlines(site, repository, results)
        documents = {
            document_of(page): _document(page, site, catalog, redlines, frame, config).encode()
            for page in changed
        }
        redlines.keep()
    return documents


def _path(site: Site, catalog: Catalog) -> Iterator[MenuEntry]:
    """Yield the page with all histories, if there is one."""
    address = overview(site, catalog)
    if address is not None:
        yield MenuEntry(MacroContext(site, catalog.language).title_of(OVERVIEW), address)


def _document(
    page: Page,
    site: Site,
    catalog: Catalog,
    redlines: KeptRedlines,
    frame: PageFrame,
    config: MkDocsConfig,
) -> str:
    address = document_of(page)
    language = None if page.language == catalog.language else page.language
    title, place = LocalizedText(page.title or page.path, language), site.address_of(page)
    return site.templates.get_template("history.html").render(
        config=config,
        page=None,
        base_url=get_relative_url(".", address),
        words=catalog,
        frame=frame,
        title=title,
        text_language=language,
        link=get_relative_url(place, address),
        inbox=inbox_address(site, catalog, asked_about(page, site, catalog.language), title, place),
        shown=shown_history(page, site, catalog, address),
        changes=[
            (
                shown_change(change, site, catalog),
                short_commit(change.commit),
                _redline(change, page, catalog, redlines),
            )
            for change in site.history.changes_of(page.path)
        ],
    )


def _redline(change: Change, page: Page, catalog: Catalog, redlines: KeptRedlines) -> Markup | None:
    """Return the redline of a change; None if git lacks its texts."""
    try:
        return as_html(redlines.redline(change, page), catalog.group("redline"))
    except HandbookError:
        return None
