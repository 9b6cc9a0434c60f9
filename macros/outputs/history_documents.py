"""A document for each page that shows all its changes, word by word."""

from collections.abc import Mapping

from markupsafe import Markup
from mkdocs.utils import get_relative_url

from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.formats.redlines import as_html
from handbook.history.changes import Change
from handbook.text.quoting import short_commit
from handbook.text.redline import shortened
from macros.context.site import Site
from macros.definitions.history import (
    _COMPARED,
    RedlineOf,
    document_of,
    shown_change,
    shown_history,
)
from macros.presentation.catalog import Catalog
from macros.presentation.templates import render


def history_documents(site: Site) -> Mapping[str, bytes]:
    """Return a document for each page that has changes, by its path below the site."""
    known = site.history
    if known.unavailable:
        return {}
    with known.redlines() as redline_of:
        return {
            document_of(page): _document(page, site, redline_of).encode()
            for page in site.pages.values()
            if known.changes_of(page.path)
        }


def _document(page: Page, site: Site, redline_of: RedlineOf) -> str:
    catalog, address = site.catalogs[page.language], document_of(page)
    changes = site.history.changes_of(page.path)
    return render(
        "documents/page_history.html",
        page=page,
        link=get_relative_url(site.address_of(page), address),
        style=get_relative_url(f"{site.assets.folder}handbook.css", address),
        icon=get_relative_url(f"{site.assets.folder}favicon.svg", address),
        shown=shown_history(page, site, catalog, address),
        changes=[
            (
                shown_change(change, site, catalog),
                short_commit(change.commit),
                _redline(change, catalog, redline_of),
            )
            for change in changes
        ],
        site_name=catalog["site_name"].format(
            organization=site.organization.say(site.organization.name, page.language)
        ),
        words=catalog.group("history"),
    )


def _redline(change: Change, catalog: Catalog, redline_of: RedlineOf) -> Markup | None:
    """Return the redline of a change, made once while the site is served; None if git lacks its texts."""
    key = change.before, change.after, catalog.language
    if key not in _COMPARED:
        try:
            _COMPARED[key] = as_html(shortened(redline_of(change)), catalog.group("redline"))
        except HandbookError:
            return None
    return _COMPARED[key]
