"""Puts our sandbox in the place of mkdocs-macros' own Jinja environment.

The plugin would render pages with Jinja's ordinary environment, in which `{{ cycler.__init__ }}`
leads to a shell, and would hand them MkDocs' configuration, the page's file and the environment.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs_macros.plugin import MacrosPlugin

from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.registers.all_registers import Registers, read_registers
from handbook.templating.expressions import ExpressionError, Expressions
from macros.context.registry import MacroContext, bound_macros
from macros.context.site import Site, site_of
from macros.definitions import (
    accounts,
    applicability,
    audit,
    cards,
    citations,
    compliance,
    contacts,
    decisions,
    downloads,
    editions,
    examples,
    glossary,
    history,
    page_register,
    platform_facts,
    policies,
    reference,
    regulations,
    reviews,
    scenarios,
    what_changed,
)

__all__ = [
    "accounts",
    "applicability",
    "audit",
    "cards",
    "citations",
    "compliance",
    "contacts",
    "decisions",
    "downloads",
    "editions",
    "examples",
    "glossary",
    "history",
    "install",
    "page_register",
    "platform_facts",
    "policies",
    "reference",
    "regulations",
    "reviews",
    "scenarios",
    "what_changed",
]


def install(plugin: MacrosPlugin) -> None:
    """Read the site, and make the plugin render with it.

    Leaves `plugin.site` for the hooks, and for the check `plugin.expressions`, which is what pages may
    say by language, with `plugin.expressions_of` for the registers of another day.
    """
    site = vars(plugin).pop("fresh_site", None) or read_site(Path(plugin.project_dir))
    expressions = expressions_by_language(site)
    vars(plugin).update(
        site=site,
        expressions=expressions,
        expressions_of=expressions_of,
        render=_renderer(plugin, site, expressions),
        has_j2=_never,
    )


def read_site(root: Path) -> Site:
    """Read the site; MkDocs shows what is wrong with it as a sentence."""
    try:
        return site_of(read_registers(Folder(root)), root)
    except HandbookError as error:
        raise PluginError(str(error)) from None


def expressions_of(registers: Registers) -> Mapping[str, Expressions]:
    """Return what the pages of a handbook with these registers may say, by language.

    Raises:
        HandbookError: when the catalog of a language is missing or lacks a text.

    """
    return expressions_by_language(site_of(registers))


def expressions_by_language(site: Site) -> Mapping[str, Expressions]:
    """Return what pages may say where nobody asks for a page yet, by language."""
    return {
        language: Expressions(site.variables[language], bound_macros(MacroContext(site, language)))
        for language in site.organization.languages
    }


def _renderer(plugin: MacrosPlugin, site: Site, expressions: Mapping[str, Expressions]) -> Callable[..., str]:
    """Return what renders one page: the plugin calls it with the body of the page at hand."""

    def render(markdown: str, force_rendering: bool = False) -> str:
        page = site.pages[plugin.page.file.src_uri]
        macros = bound_macros(MacroContext(site, page.language, page, str(plugin.page.file.url)))
        try:
            return expressions[page.language].render(markdown, macros)
        except ExpressionError as error:
            offset = page.body_line - 1
            lines = [f"{page.path}:{one.line + offset}:{one.column}: {one.message}" for one in error.problems]
            raise PluginError("\n".join(lines)) from None

    return render


def _never(text: str) -> bool:
    """Front matter holds no expressions: FMT002 refuses them."""
    return False
