"""Macros that name the outside sources of the handbook."""

from dataclasses import dataclass

from handbook.registers.sources import FILE, Source
from handbook.templating.expressions import MacroError
from handbook.text.suggestions import did_you_mean
from macros.context.registry import Here, macro
from macros.presentation.dates import Day, shown_day
from macros.presentation.localized import Said
from macros.presentation.templates import render


@dataclass(frozen=True, slots=True)
class Citation:
    """A source in the reader's words."""

    name: str
    title: Said
    publisher: Said
    address: str
    checked: Day | None
    changed: Day | None


@macro
def source(here: Here, name: str) -> str:
    """Cite one outside source: its title with a link, who published it, and when it was last checked.

    The sources and their names stand in registers/sources.yml.

    Example: {{ source("photo-location") }}
    """
    known = here.site.registers.sources.sources
    if name not in known:
        mend = did_you_mean(str(name), known) if known else f"add it to {FILE}"
        raise MacroError(f"there is no source '{name}'; {mend}")
    return render("source.html", source=cited(here, name, known[name]), words=here.catalog.group("sources"))


@macro
def sources(here: Here) -> str:
    """Show every outside source, with who published it and when it was last checked.

    Example: {{ sources() }}
    """
    listed = [cited(here, name, one) for name, one in here.site.registers.sources.sources.items()]
    return render("sources.html", sources=listed, words=here.catalog.group("sources"))


def cited(here: Here, name: str, one: Source) -> Citation:
    """Return a source as the page at hand cites it."""
    return Citation(
        name,
        here.said(one.title),
        here.said(one.publisher),
        one.address,
        shown_day(one.checked, here.catalog),
        shown_day(one.changed, here.catalog),
    )
