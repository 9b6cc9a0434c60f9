"""Puts our sandbox in the place of mkdocs-macros' own Jinja environment.

The plugin would render pages with Jinja's ordinary environment, in which `{{ cycler.__init__ }}`
leads to a shell, and would hand them MkDocs' configuration, the page's file and the environment.
"""

from collections.abc import Callable
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs_macros.plugin import MacrosPlugin

from handbook.errors import HandbookError
from handbook.expressions import ExpressionError, Expressions
from macros import cards, contacts, reference
from macros.library import Here, bound_macros
from macros.site import Site, load_site

__all__ = ["cards", "contacts", "reference", "take_over"]


def take_over(plugin: MacrosPlugin) -> None:
    """Read the site, and make the plugin render with it.

    Leaves `plugin.site` for the hooks and `plugin.expressions` for the check.
    """
    site = read_site(Path(plugin.project_dir))
    expressions = _expressions(site)
    render = _renderer(plugin, site, expressions)
    vars(plugin).update(site=site, expressions=expressions, render=render, has_j2=_never)


def read_site(root: Path) -> Site:
    """Read the site; MkDocs shows what is wrong with it as a sentence."""
    try:
        return load_site(root)
    except HandbookError as error:
        raise PluginError(str(error)) from None


def _expressions(site: Site) -> Expressions:
    language = site.main_language
    return Expressions(site.variables[language], bound_macros(Here(site, language)))


def _renderer(plugin: MacrosPlugin, site: Site, expressions: Expressions) -> Callable[..., str]:
    """Return what renders one page: the plugin calls it with the body of the page at hand."""

    def render(markdown: str, force_rendering: bool = False) -> str:
        page = site.pages[plugin.page.file.src_uri]
        macros = bound_macros(Here(site, page.language, page))
        try:
            return expressions.render(markdown, site.variables[page.language], macros)
        except ExpressionError as error:
            offset = page.body_line - 1
            lines = [f"{page.path}:{one.line + offset}:{one.column}: {one.message}" for one in error.problems]
            raise PluginError("\n".join(lines)) from None

    return render


def _never(text: str) -> bool:
    """Front matter holds no expressions: FMT002 refuses them."""
    return False
