"""Macros about editions: which there are, and from which day to which day each is in force."""

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
    """One line in a list of editions. `last` and `successor` are None while none takes its place.

    `address` is where it is read, from the top of the branch of editions.
    """

    name: str
    address: str
    first: LocalizedDate | None
    last: LocalizedDate | None
    successor: str | None
    has_days: bool
    published: LocalizedDate | None
    pages: int


@macro(templates=("editions.html",))
def editions(context: MacroContext) -> str:
    """Show a table of the editions, the newest first, with the days on which each is in force.

    In an edition: itself and those before it. Elsewhere: those on the branch of editions of this copy.

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
    """Return a line for each edition, the newest first, in a language."""
    rows = sorted(terms(manifests), key=lambda term: term.manifest.name, reverse=True)
    return [_shown(term, site, site.catalogs[language]) for term in rows]


def _shown(term: InForcePeriod, site: Site, catalog: Catalog) -> ShownEdition:
    return ShownEdition(
        name=term.manifest.edition,
        address=f"{term.manifest.edition}/{folder_in(term.manifest, site, catalog.language)}",
        first=localized_date(term.first, catalog),
        last=localized_date(term.last, catalog),
        successor=str(term.successor) if term.successor else None,
        has_days=term.has_days,
        published=localized_date(term.manifest.published, catalog),
        pages=len(term.manifest.pages),
    )


def folder_in(manifest: Manifest, site: Site, language: str) -> str:
    """Return the folder of a language in an edition: none for one that the edition has no page in."""
    translated = any(page.path.endswith(f".{language}.md") for page in manifest.pages)
    return f"{language}/" if translated and language != site.main_language else ""


@dataclass(frozen=True, slots=True)
class OwnEdition:
    """The edition that a page is part of; `list` leads from the folder of the edition to the list of all."""

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
    """Return where the list of editions is read in a language, from the top of the branch of editions."""
    return "editions/" if language == site.main_language else f"editions/{language}/"
