"""Macros about editions: which ones there are, and when each is in force."""

from collections.abc import Sequence
from dataclasses import dataclass

from mkdocs.utils import get_relative_url

from handbook.editions.manifest import Manifest
from handbook.editions.terms import InForcePeriod, terms
from macros.context.registry import MacroContext, macro
from macros.context.site import Site
from macros.presentation.catalog import Catalog
from macros.presentation.dates import LocalizedDate, localized_date
from macros.presentation.templates import render


@dataclass(frozen=True, slots=True)
class ShownEdition:
    """A row in a list of editions. `last` and `successor` are None until another edition replaces it.

    `address` is relative to the top of the branch of editions.
    """

    name: str
    address: str
    first: LocalizedDate | None
    last: LocalizedDate | None
    successor: str | None
    has_days: bool
    is_withdrawn: bool
    published: LocalizedDate | None
    pages: int


@macro(templates=("editions.html",))
def editions(context: MacroContext) -> str:
    """Show a table of the editions, newest first, with the days on which each is in force.

    An edition lists itself and the editions before it; any other copy of the handbook lists the editions
    on its branch of editions.

    Example: {{ editions() }}
    """
    context.required_page()
    known = context.site.editions
    return render(
        "editions.html",
        rows=shown_editions(known.manifests or (), context.site, context.language),
        is_known=known.manifests is not None,
        own=known.own.edition if known.own else None,
        beside=lambda address: f"../{get_relative_url(address, context.address)}",
        list=address_of_list(context.site, context.language),
        list_name=context.catalog["facts.all_editions"],
        words=context.catalog.group("editions"),
    )


def shown_editions(manifests: Sequence[Manifest], site: Site, language: str) -> list[ShownEdition]:
    """Return a row for each edition, newest first, in a language."""
    periods = sorted(terms(manifests), key=lambda period: period.manifest.name, reverse=True)
    return [_shown(period, site.catalogs[language]) for period in periods]


def _shown(period: InForcePeriod, catalog: Catalog) -> ShownEdition:
    return ShownEdition(
        name=period.manifest.edition,
        address=f"{period.manifest.edition}/{folder_in(period.manifest, catalog.language)}",
        first=localized_date(period.first, catalog),
        last=localized_date(period.last, catalog),
        successor=str(period.successor) if period.successor else None,
        has_days=period.has_days,
        is_withdrawn=period.is_withdrawn,
        published=localized_date(period.manifest.published, catalog),
        pages=len(period.manifest.pages),
    )


def folder_in(manifest: Manifest, language: str) -> str:
    """Return the folder of a language in an edition; empty if it has none, as for its main language.

    What is the main language now may have had a folder then.
    """
    return f"{language}/" if f"{language}/index.html" in manifest.files else ""


@dataclass(frozen=True, slots=True)
class OwnEdition:
    """The edition of a page; `list` is the address of the list of editions from the edition's folder."""

    name: str
    first: LocalizedDate | None
    list: str


def own_edition(site: Site, catalog: Catalog) -> OwnEdition | None:
    """Return the edition that is being built, or None."""
    own = site.editions.own
    if own is None:
        return None
    return OwnEdition(
        own.edition, localized_date(own.effective, catalog), f"../{address_of_list(site, catalog.language)}"
    )


def address_of_list(site: Site, language: str) -> str:
    """Return the address of the list in a language, relative to the top of the branch of editions."""
    return f"editions/{site.folder_of(language)}"
