"""Asks MkDocs which pages it would publish, and for the settings of the build.

Nothing of the judged handbook runs. The hook and the plugins are those of the installation that judges.
"""

import logging
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions

from handbook.build_context import BuildContext
from handbook.content.assets import Asset, asset_at
from handbook.content.file_names import Misnamed, is_utf_8, misnamed_files
from handbook.content.languages import is_replaced, language_of, main_path
from handbook.content.mkdocs_settings import parse_settings
from handbook.content.navigation_targets import pages_off_navigation, with_placed_pages
from handbook.content.pages import Boundary, PageSource, read_page
from handbook.content.site_configuration import (
    OWN_HOOK,
    SiteConfiguration,
    read_site_configuration,
    refuse_foreign_code,
)
from handbook.content.site_map import SiteMap, sections_of
from handbook.errors import HandbookError
from handbook.files.links import refuse_linked_folders, refuse_unusual_files
from handbook.files.tree import Folder
from handbook.markup.markdown_settings import refuse_unknown_markdown
from handbook.markup.published_site import PublishedSite
from handbook.model import ExpressionsOf, Handbook
from handbook.registers.organization import load_organization
from handbook.registers.published_pages import reasons_to_leave_out
from handbook.text.quoting import one_line
from handbook.text.suggestions import did_you_mean
from scripts.options import require_handbook

PUBLISHED = (InclusionLevel.INCLUDED, InclusionLevel.UNDEFINED, InclusionLevel.NOT_IN_NAV)
# The folder of the code that runs.
INSTALLATION: Final = Path(__file__).resolve().parents[2]
# These plugins only change how files are shown, and cost as much as the whole check. The macros plugin would
# import the macros of the judged handbook; our hook has what the check needs of ours.
_NOT_ASKED: Final = ("mkdocs_static_i18n", "material.plugins.search", "mkdocs_macros")
_LIST_OF_FILES: Final = (*_NOT_ASKED, str(INSTALLATION / OWN_HOOK), "macros.events")
_FILE: Final = "mkdocs.yml"
_THEME: Final = "overrides"
_NAME_OF_THEME: Final = "material"
# How MkDocs names a setting within another one.
_SUB_OPTION: Final = re.compile("Sub-option '([^']+)'")


# MkDocs raises these for a file that it cannot use: endless nesting, an `exclude_docs` that is not a pattern.
_UNUSABLE = (RecursionError, LookupError, TypeError, re.error, ImportError, SyntaxError)


@dataclass(frozen=True, slots=True)
class Publication:
    """What a build would publish: each page once, in every language and for every organization.

    `context` has the settings of the build. `site_map` is a function, because only some commands need it.
    """

    context: BuildContext
    sources: list[PageSource]
    assets: list[Asset]
    off_navigation: frozenset[str]
    misnamed: list[Misnamed]
    site: PublishedSite
    site_map: Callable[[], SiteMap]


def read_handbook(root: Path, today: date | None = None) -> tuple[Handbook, BuildContext]:
    """Read the handbook in `root` as of `today` (by default, the organization's own day).

    The settings of its build are returned, too.

    Raises:
        HandbookError: if MkDocs cannot load the configuration, or a register is wrong.

    """
    publication = read_publication(root)
    return handbook_of(publication, today), publication.context


def expressions_for(root: Path) -> ExpressionsOf:
    """Return what tells which expressions the pages of a handbook of the past may have, by the code at hand.

    Raises:
        HandbookError: if the handbook in `root` cannot be read.

    """
    return read_publication(root).context.expressions_of


def handbook_of(publication: Publication, today: date | None = None) -> Handbook:
    """Read the pages that would be published as of `today` (by default, the organization's own day)."""
    context = publication.context
    read = [read_page(source) for source in publication.sources]
    left_out = reasons_to_leave_out(read, context.registers)
    pages = [page for page in read if page.path not in left_out]
    return Handbook(
        context.registers,
        context.expressions,
        today or context.organization.today(),
        pages,
        publication.assets,
        publication.off_navigation,
        publication.misnamed,
        publication.site.without(left_out),
    )


def read_publication(root: Path) -> Publication:
    """Load the site's configuration and its plugins, and list what a build would publish.

    Raises:
        HandbookError: if MkDocs cannot load the configuration, or a register is wrong.

    """
    require_handbook(root)
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    logging.getLogger("mkdocs.config").setLevel(logging.WARNING)  # In strict mode a warning stops the run.
    config, files = _published_files(root)
    context = _build_context(config)
    folder = os.path.relpath(config.docs_dir, root).replace(os.sep, "/")
    boundary = Boundary(root)
    languages = context.organization.languages
    sources = list(_sources(files, languages, boundary, folder))
    paths = [source.path for source in sources]
    off_navigation = pages_off_navigation(paths, config.nav, folder, languages, config.not_in_nav)
    assets = list(_assets(files, boundary, folder))
    below = {path.removeprefix(f"{folder}/") for path in paths}
    files_below = _names_below(config.docs_dir)
    settings = parse_settings(Folder(root).read(_FILE) or b"{}")
    misnamed = list(misnamed_files(files_below, below, folder, languages, settings.is_excluded))
    names = {main_path(path, languages).removeprefix(f"{folder}/") for path in paths}
    navigation = with_placed_pages(config.nav, names, config.not_in_nav)
    site_map = partial(_site_map, files, navigation, folder, languages)
    site = PublishedSite.of(_settings_in(root), folder, frozenset(files_below), settings.patterns)
    return Publication(context, sources, assets, off_navigation, misnamed, site, site_map)


def _published_files(root: Path) -> tuple[MkDocsConfig, list[File]]:
    """Return the configuration, and the files that a build would publish."""
    try:
        config = _load(root)
        refuse_linked_folders(root, Path(config.docs_dir))
        refuse_unusual_files(root, root / _THEME)
        files = [file for file in _files(config) if file.inclusion in PUBLISHED and file.abs_src_path]
    except PluginError as error:
        raise HandbookError(str(error)) from None
    except MkDocsException as error:
        load_organization(Folder(root))  # If this file is the reason, it is named with its line.
        raise HandbookError(f"mkdocs.yml cannot be used: {error}") from None
    return config, files


def _build_context(config: MkDocsConfig) -> BuildContext:
    context: BuildContext = vars(config.plugins["macros"])["build_context"]
    return context


def _load(root: Path) -> MkDocsConfig:
    """Load the settings of the judged handbook that decide about pages, with our own hook and plugins."""
    installed = _installed()
    site = _settings_in(root)
    refuse_foreign_code(site, installed)
    refuse_unknown_markdown(site, installed)
    _refuse_missing_theme(root, site)
    try:
        config = _validated(root, {**site.about_pages, **_own_code(installed)})
        config.plugins.on_startup(command="build", dirty=False)
        for handle in config.plugins.events["config"]:
            if not handle.__module__.startswith(_NOT_ASKED):
                config = handle(config) or config
    except _UNUSABLE as error:
        raise HandbookError(f"mkdocs.yml cannot be used ({error}); restore it from the history") from None
    return config


def _refuse_missing_theme(root: Path, site: SiteConfiguration) -> None:
    """Refuse a theme that a build would not find; the check itself needs none.

    Raises:
        HandbookError: with the line.

    """
    theme = site.mapping.data.get("theme")
    if isinstance(theme, str):
        settings = f"theme: {{name: {_NAME_OF_THEME}, custom_dir: {_THEME}}}"
        raise HandbookError(site.line(("theme",), f"a build needs the theme; write `{settings}`"))
    if not isinstance(theme, dict):
        return
    folder = theme.get("custom_dir")
    if theme.get("name") != _NAME_OF_THEME:
        line = site.line(("theme", "name"), f"a build needs the theme; write `name: {_NAME_OF_THEME}`")
        raise HandbookError(line)
    if not isinstance(folder, str) or not (root / folder).is_dir():
        is_ours = str(folder).strip("/") == _THEME
        remedy = f"restore {_THEME}/ from the history" if is_ours else f"write `custom_dir: {_THEME}`"
        message = f"a build finds no folder with the frame of pages; {remedy}"
        raise HandbookError(site.line(("theme", "custom_dir"), message))


def _settings_in(root: Path) -> SiteConfiguration:
    return read_site_configuration(Folder(root).read(_FILE) or b"")


@cache
def _installed() -> SiteConfiguration:
    data = Folder(INSTALLATION).read(_FILE)
    if data is None:
        raise HandbookError(f"the installation in {INSTALLATION} has no {_FILE}; install it again")
    return read_site_configuration(data)


def _own_code(installed: SiteConfiguration) -> dict[str, object]:
    """Return what this installation runs. The list of languages is replaced by our hook."""
    hooks = [str(INSTALLATION / str(hook)) for hook in installed.hooks]
    return {"hooks": hooks, "plugins": installed.plugins_without_tags}


def _validated(root: Path, settings: dict[str, object]) -> MkDocsConfig:
    """Let MkDocs judge settings, as it does before a build."""
    config = MkDocsConfig(str(root / _FILE))
    config.load_dict(settings)
    errors, warnings = config.validate()
    if errors or (config.strict and warnings):
        load_organization(Folder(root))  # If this file is the reason, it is named with its line.
        known = sorted(MkDocsConfig())
        lines = (_at_its_key(root, known, *problem) for problem in (*errors, *warnings))
        raise HandbookError("\n".join(lines))
    return config


def _at_its_key(root: Path, known: Sequence[str], key: str, problem: object) -> str:
    """Return what MkDocs says about a setting, as a line that locates the setting."""
    site = _settings_in(root)
    if key == "nav" and site.menu_problems:
        return "\n".join(f"{_FILE}:{item.line}:{item.column}: {item.message}" for item in site.menu_problems)
    place = site.mapping.location_of((key, *_SUB_OPTION.findall(str(problem))))
    sentence = f"the setting '{key}' cannot be used: {one_line(str(problem)).rstrip('.')}"
    if site.mapping.has((key,)) and key not in known:
        sentence = f"unknown setting '{key}'; {did_you_mean(key, known)}"
    elif not site.mapping.has((key,)):
        sentence = f"the setting '{key}' is missing; add it as in the sample"
    return f"{_FILE}:{place.line}:{place.column}: {sentence}"


def _files(config: MkDocsConfig) -> Files:
    """List the files as MkDocs and the plugins do, except the language plugin, which only sorts them.

    Our own event is left out too, because it stops at broken pages, and the check lists them instead.
    """
    try:
        files = get_files(config)
    except UnicodeEncodeError:
        files = _files_with_readable_names(config)
    for handle in config.plugins.events["files"]:
        if not handle.__module__.startswith(_LIST_OF_FILES):
            files = handle(files, config=config) or files
    set_exclusions(files, config)
    return files


def _files_with_readable_names(config: MkDocsConfig) -> Files:
    """List what MkDocs would, but for a file whose name is not UTF-8, at which it stops."""
    names = filter(is_utf_8, _names_below(config.docs_dir))
    files = [File(name, config.docs_dir, config.site_dir, config.use_directory_urls) for name in names]
    return Files(files)


def _names_below(folder: str) -> list[str]:
    """Return the names of all files below a folder, with `/`; no folder in it contains itself."""
    return [
        os.path.relpath(os.path.join(parent, name), folder).replace(os.sep, "/")  # noqa: PTH118 - for speed
        for parent, _, names in os.walk(folder, followlinks=True)
        for name in names
    ]


def _sources(
    files: list[File], languages: list[str], boundary: Boundary, folder: str
) -> Iterator[PageSource]:
    names = frozenset(file.src_uri for file in files)
    for file in files:
        language = language_of(file.src_uri, languages) if file.is_documentation_page() else None
        if language and not is_replaced(file.src_uri, names, languages):
            path = str(file.abs_src_path)
            yield PageSource(path, f"{folder}/{file.src_uri}", language, boundary.leads_outside(path))


def _site_map(files: list[File], navigation: object, folder: str, languages: list[str]) -> SiteMap:
    addresses = {f"{folder}/{file.src_uri}": str(file.url) for file in files if file.is_documentation_page()}
    return SiteMap(addresses, sections_of(navigation, folder), languages)


def _assets(files: list[File], boundary: Boundary, folder: str) -> Iterator[Asset]:
    for file in files:
        path = str(file.abs_src_path)
        if not file.is_documentation_page():
            yield asset_at(f"{folder}/{file.src_uri}", path, outside=boundary.leads_outside(path))
