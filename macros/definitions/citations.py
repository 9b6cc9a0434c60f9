"""Macros that name the outside sources of the handbook."""

from dataclasses import dataclass

from handbook.registers.sources import FILE, Source
from handbook.templating.macro import MacroError
from handbook.text.suggestions import did_you_mean
from macros.context.registry import MacroContext, macro
from macros.presentation.dates import LocalizedDate, localized_date
from macros.presentation.localized import LocalizedText
from macros.presentation.templates import render


@dataclass(frozen=True, slots=True)
class Citation:
    """A source in the reader's words."""

    name: str
    title: LocalizedText
    publisher: LocalizedText
    address: str
    checked: LocalizedDate | None
    changed: LocalizedDate | None


@macro
def source(context: MacroContext, name: str) -> str:
    """Cite one outside source: its title with a link, who published it, and when it was last checked.

    The sources and their names stand in registers/sources.yml.

    Example: {{ source("photo-location") }}
    """
    known = context.site.registers.sources.sources
    if name not in known:
        mend = did_you_mean(str(name), known) if known else f"add it to {FILE}"
        raise MacroError(f"there is no source '{name}'; {mend}")
    return render(
        "source.html", source=cited(context, name, known[name]), words=context.catalog.group("sources")
    )


@macro
def sources(context: MacroContext) -> str:
    """Show every outside source, with who published it and when it was last checked.

    Example: {{ sources() }}
    """
    listed = [cited(context, name, one) for name, one in context.site.registers.sources.sources.items()]
    return render("sources.html", sources=listed, words=context.catalog.group("sources"))


def cited(context: MacroContext, name: str, one: Source) -> Citation:
    """Return a source as the page at hand cites it."""
    return Citation(
        name,
        context.localized(one.title),
        context.localized(one.publisher),
        one.address,
        localized_date(one.checked, context.catalog),
        localized_date(one.changed, context.catalog),
    )
