"""Macros about editions: which there are, and from which day to which day each is in force."""

from collections.abc import Sequence
from dataclasses import dataclass

from mkdocs.utils import get_relative_url

from handbook.editions.manifest import Manifest
from handbook.editions.terms import Term, terms
from macros.context.registry import Here, macro
from macros.context.site import Site
from macros.presentation.catalog import Catalog
from macros.presentation.dates import Day, shown_day
from macros.presentation.templates import render


@dataclass(frozen=True, slots=True)
class ShownEdition:
    """One line in a list of editions. `last` and `successor` are None while none takes its place.

    `address` is where it is read, from the top of the branch of editions.
    """

    name: str
    address: str
    first: Day | None
    last: Day | None
    successor: str | None
    has_days: bool
    published: Day | None
    pages: int


@macro
def editions(here: Here) -> str:
    """Show a table of the editions, the newest first, with the days on which each is in force.

    In an edition: itself and those before it. Elsewhere: those on the branch of editions of this copy.

    Example: {{ editions() }}
    """
    here.required_page()
    known = here.site.editions
    return render(
        "editions.html",
        rows=shown_editions(known.manifests or (), here.site, here.language),
        is_known=known.manifests is not None,
        own=known.own.edition if known.own else None,
        beside=lambda address: f"../{get_relative_url(address, here.address)}",
        list=address_of_list(here.site, here.language),
        list_name=here.catalog["facts.all_editions"],
        words=here.catalog.group("editions"),
    )


def shown_editions(manifests: Sequence[Manifest], site: Site, language: str) -> list[ShownEdition]:
    """Return a line for each edition, the newest first, in a language."""
    rows = sorted(terms(manifests), key=lambda term: term.manifest.name, reverse=True)
    return [_shown(term, site, site.catalogs[language]) for term in rows]


def _shown(term: Term, site: Site, catalog: Catalog) -> ShownEdition:
    return ShownEdition(
        name=term.manifest.edition,
        address=f"{term.manifest.edition}/{folder_in(term.manifest, site, catalog.language)}",
        first=shown_day(term.first, catalog),
        last=shown_day(term.last, catalog),
        successor=str(term.successor) if term.successor else None,
        has_days=term.has_days,
        published=shown_day(term.manifest.published, catalog),
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
    first: Day | None
    list: str


def own_edition(site: Site, catalog: Catalog) -> OwnEdition | None:
    """Return the edition that is being built, or None."""
    own = site.editions.own
    if own is None:
        return None
    return OwnEdition(
        own.edition, shown_day(own.effective, catalog), f"../{address_of_list(site, catalog.language)}"
    )


def address_of_list(site: Site, language: str) -> str:
    """Return where the list of editions is read in a language, from the top of the branch of editions."""
    return "editions/" if language == site.main_language else f"editions/{language}/"
