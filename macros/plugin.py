"""Replaces the Jinja environment of mkdocs-macros, which is not sandboxed, with ours.

The plugin would render pages in Jinja's ordinary environment, in which `{{ cycler.__init__ }}` leads to a
shell, and would give them MkDocs' configuration, the file of the page and the environment.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs_macros.plugin import MacrosPlugin

import macros.definitions  # noqa: F401 - registers every macro
from handbook.build_context import BuildContext
from handbook.content.main_language import languages_with_texts, refuse_unknown_languages
from handbook.editions.edition_build import EditionBuild
from handbook.editions.editions_for_build import EditionsForBuild
from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.git.source_repository import SourceRepository
from handbook.registers.all_registers import Registers, read_registers
from handbook.registers.misnamed_registers import refuse_misnamed_registers
from handbook.schemas.known_schemas import known_registers
from handbook.templating.expressions import ExpressionError, Expressions
from macros.context.registry import MacroContext, bound_macros, files_of_macros, reviewed_macros
from macros.context.site import Site, reviewed_variables_of, site_of, variables_of
from macros.presentation.catalog import FOLDER as CATALOGS


def install(plugin: MacrosPlugin) -> None:
    """Make the plugin render pages in the sandbox, with the context of its build.

    The hook `on_config` has read the context by now, except in a build without our hooks.
    """
    context = build_context_of(plugin) or read_site(Path(plugin.project_dir))
    set_build_context(plugin, context)
    vars(plugin).update(render=_renderer(plugin, context.expressions), has_j2=_never)


def build_context_of(plugin: object) -> Site | None:
    """Return the context of the build that a plugin object belongs to, or None before `on_config`."""
    context = vars(plugin).get("build_context")
    return context if isinstance(context, Site) else None


def set_build_context(plugin: object, context: Site) -> None:
    """Set the context of the build: first with its settings, later with its pages."""
    vars(plugin)["build_context"] = context


def read_site(root: Path) -> Site:
    """Read the settings of a build.

    Raises:
        PluginError: if a file that it needs is wrong; MkDocs prints its sentence.

    """
    try:
        refuse_unknown_languages(Folder(root), languages_with_texts(CATALOGS))
        refuse_misnamed_registers(Folder(root), known_registers())
        site = site_of(read_registers(Folder(root)))
        return replace(
            site,
            source=SourceRepository.from_environment(root, os.environ),
            editions=EditionsForBuild(root, EditionBuild.from_environment(root, os.environ)),
            expressions=expressions_by_language(site),
            expressions_of=expressions_of,
            files_of_macros=files_of_macros,
            calendars_of=calendars_of,
        )
    except HandbookError as error:
        raise PluginError(str(error)) from None


def calendars_of(context: BuildContext, stamp: datetime) -> Mapping[str, bytes]:
    """Return the calendars of due days of a handbook that is not built, by their paths in a site.

    Raises:
        HandbookError: if the catalog of a language is missing or incomplete.

    """
    # The check loads this module too, and would spend 45 ms, most of it on icalendar.
    from macros.outputs.calendars import calendars

    site = replace(
        site_of(context.registers),
        source=context.source,
        pages=context.pages,
        addresses=context.addresses,
        history=context.history,
    )
    return calendars(site, stamp)


def expressions_of(registers: Registers) -> Mapping[str, Expressions]:
    """Return what the pages of a handbook with these registers may say, by language.

    Raises:
        HandbookError: if the catalog of a language is missing or incomplete.

    """
    return expressions_by_language(site_of(registers))


def expressions_by_language(site: Site) -> Mapping[str, Expressions]:
    """Return what pages may say, by language; the macros are bound to no page."""
    return {language: _expressions(site, language) for language in site.organization.text_languages}


def _expressions(site: Site, language: str) -> Expressions:
    context = MacroContext(site, language)
    reviewed = {**reviewed_variables_of(site, language), **reviewed_macros(context)}
    return Expressions(variables_of(site, language), bound_macros(context), reviewed)


def _renderer(plugin: MacrosPlugin, expressions: Mapping[str, Expressions]) -> Callable[..., str]:
    """Return the function that the plugin calls with the body of each page."""

    def render(markdown: str, force_rendering: bool = False) -> str:
        site = build_context_of(plugin)
        assert site is not None  # noqa: S101 - `install` has set it
        page = site.pages[plugin.page.file.src_uri]
        spoken = expressions[page.language]
        context = MacroContext(site, page.language, page, str(plugin.page.file.url))
        try:
            return spoken.render(markdown, bound_macros(context, spoken.called_macros(markdown)))
        except ExpressionError as error:
            offset = page.body_line - 1
            lines = [
                f"{page.path}:{problem.line + offset}:{problem.column}: {problem.message}"
                for problem in error.problems
            ]
            raise PluginError("\n".join(lines)) from None

    return render


def _never(text: str) -> bool:
    """Answer whether front matter has expressions: FMT002 refuses them."""
    return False
