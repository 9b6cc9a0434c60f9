"""Macros that cite the outside sources of the handbook."""

from collections.abc import Mapping
from dataclasses import dataclass

from handbook.registers.sources import FILE, Source, SourceKind
from handbook.templating.macro import MacroError
from handbook.text.suggestions import did_you_mean
from macros.context.comparisons import compared_on
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
    kind: SourceKind | None
    compared: LocalizedDate | None
    dated: LocalizedDate | None
    changed: LocalizedDate | None


def _reviewed_source(context: MacroContext, name: str) -> Source | None:
    return context.site.registers.sources.sources.get(name)


@macro(templates=("source.html",), reviewed=_reviewed_source, registers=("registers/sources.yml",))
def source(context: MacroContext, name: str) -> str:
    """Cite one outside source: its title with a link, who published it, and when we compared it.

    The sources and their names are in registers/sources.yml.

    Example: {{ source("photo-location") }}
    """
    known = context.site.registers.sources.sources
    if name not in known:
        hint = did_you_mean(str(name), known) if known else f"add it to {FILE}"
        raise MacroError(f"there is no source '{name}'; {hint}")
    return render(
        "source.html", source=cited(context, name, known[name]), words=context.catalog.group("sources")
    )


def _reviewed_sources(context: MacroContext) -> Mapping[str, Source]:
    return context.site.registers.sources.sources


@macro(templates=("sources.html",), reviewed=_reviewed_sources, registers=("registers/sources.yml",))
def sources(context: MacroContext) -> str:
    """Show every outside source, with who published it and when we compared it.

    Example: {{ sources() }}
    """
    register = context.site.registers.sources.sources
    listed = [cited(context, name, source) for name, source in register.items()]
    return render("sources.html", sources=listed, words=context.catalog.group("sources"))


def cited(context: MacroContext, name: str, source: Source) -> Citation:
    """Return a source in the language of the page that cites it."""
    return Citation(
        name,
        context.localized(source.title),
        context.localized(source.publisher),
        source.address,
        source.kind,
        compared_on(context, source.compared),
        localized_date(source.dated, context.catalog),
        localized_date(source.changed, context.catalog),
    )
