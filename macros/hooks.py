"""What MkDocs asks us while it builds: the languages, the pages, and the facts on each page."""

import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as BuiltPage
from mkdocs_static_i18n.config import I18nPluginLanguage

from handbook.check.runner import check, judge
from handbook.clock import now
from handbook.content.pages import refuse_folders_twice
from handbook.content.site_map import sections_of
from handbook.editions.editions_for_build import TOP, EditionsForBuild
from handbook.errors import HandbookError
from handbook.history.history_for_build import HistoryForBuild, history_for_build
from handbook.model import Handbook
from handbook.registers.applicability import applying
from handbook.rules import RULES
from handbook.templating.sandbox import PageSandbox
from macros.context.page_facts import page_facts
from macros.context.read_pages import STOPS_THE_BUILD, _assets, _read, _root, _stop_at
from macros.context.site import Site
from macros.definitions.editions import own_edition
from macros.definitions.history import shown_history
from macros.definitions.what_changed import feed_address
from macros.outputs.left_out_pages import dead_links, without
from macros.plugin import read_site
from macros.presentation.catalog import Catalog
from macros.presentation.clean_navigation import _clean_heading, _clean_sections
from macros.presentation.safe_html import clean, plain, suspects
from macros.presentation.templates import fill

log = logging.getLogger("mkdocs.handbook")


# Who searches the handbook asks what they may do, and finds the macros and the rules of the check below that.
_FOR_EDITORS: Final = "contributing/"
_LOWER: Final = 0.2


def on_startup(command: str, dirty: bool) -> None:
    """Let the plugins say what goes wrong, and not what they do."""
    for name in ("mkdocs.plugins.mkdocs_macros", "mkdocs.plugins.mkdocs_static_i18n"):
        logging.getLogger(name).setLevel(logging.WARNING)


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Name the site after the organization, and tell the language plugin its languages."""
    site = read_site(_root(config))
    site.editions = EditionsForBuild(_root(config))
    try:
        refuse_folders_twice(_root(config), Path(config.docs_dir))
        own = site.editions.own
        site.organization.today()  # What is wrong with the clock is told here, and not traced later.
    except HandbookError as error:
        raise PluginError(str(error)) from None
    vars(_plugin(config, "macros"))["fresh_site"] = site
    config.site_name = site.name_in(site.main_language)
    if own:  # Only among editions is there another one to choose.
        config.extra["version"] = {"provider": "mike", "default": "latest"}
    plugin = _plugin(config, "i18n")
    if plugin.current_language is None:
        plugin.config.languages = [_language(site, language) for language in site.organization.languages]
    return config


@event_priority(-50)
def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Leave nobody the plugin's own environment, which is no sandbox."""
    _plugin(config, "macros")._env = PageSandbox()
    env.filters["fill"] = fill
    return env


@event_priority(100)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Read every page that will be published, and stop where one cannot be shown truthfully."""
    site = _site(config)
    _read_reviews(site)
    read = dict(_read(files, config, site))
    kept = applying([page for _, page in read.values()], site.organization)
    handbook = Handbook(site.registers, {}, site.organization.today(), kept, list(_assets(files, config)))
    found = [finding for page in kept for finding in judge(page, handbook, STOPS_THE_BUILD)]
    _stop_at("the front matter of these pages", found)
    _stop_at("these files", check(handbook, [RULES["FMT003"]]).findings)
    site.pages = {page.path.removeprefix("docs/"): page for page in kept}
    site.left_out = read.keys() - site.pages.keys()
    site.addresses = {f"docs/{name}": str(read[name][0].url) for name in site.pages}
    for name in site.left_out:
        files.remove(read[name][0])
    config.nav = without(config.nav, site.left_out)
    site.sections = sections_of(config.nav)
    site.past = _past(config, site)
    if _plugin(config, "i18n").is_default_language_build:
        _warn_of_registers(handbook)
    return files


def _read_reviews(site: Site) -> None:
    """Stop at a record that cannot be read, before a page asks for it."""
    try:
        len(site.registers.reviews.files)
    except HandbookError as error:
        raise PluginError(str(error)) from None


def _past(config: MkDocsConfig, site: Site) -> HistoryForBuild:
    """Return the history of the pages, which the build of the first language reads for all."""
    kept = vars(_plugin(config, "macros"))
    if "past" not in kept:
        paths = [page.path for page in site.pages.values()]
        try:
            kept["past"] = history_for_build(_root(config), site.organization, site.owners, paths)
        except HandbookError as error:
            raise PluginError(str(error)) from None
    past: HistoryForBuild = kept["past"]
    return past


def _warn_of_registers(handbook: Handbook) -> None:
    """Let a strict build fail where a register names a page that it does not publish."""
    for found in check(handbook, [RULES["REG001"]]).findings:
        log.warning("%s:%s:%s: %s", found.path, found.line, found.column, found.message)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Make the names of folders text: without `nav` in mkdocs.yml, the theme prints them as they are."""
    _clean_sections(nav.items)
    return nav


def on_page_content(html: str, page: BuiltPage, config: MkDocsConfig, files: Files) -> str:
    """Clean what the page says, and its headings, which the theme prints as they are."""
    name = page.file.src_uri
    for complaint in (*suspects(html), *dead_links(html, name, _site(config).left_out)):
        log.warning("docs/%s: %s", name, complaint)
    if name.startswith(_FOR_EDITORS):
        page.meta["search"] = {"boost": _LOWER}
    if "<" in str(page.title):
        page.title = plain(str(page.title))
    for item in page.toc.items:
        _clean_heading(item)
    return clean(html)


def on_page_context(context: Any, page: BuiltPage, config: MkDocsConfig, nav: Navigation) -> Any:
    """Give the theme the facts of the page and the texts of its language."""
    site, catalog = _site(config), _catalog(config)
    source = site.pages[page.file.src_uri]
    if "description" in page.meta:
        page.meta["description"] = plain(page.meta["description"])
    heading, tag, body = (page.content or "").partition("</h1>")
    context["words"] = catalog
    context["edition"] = own_edition(site, catalog)
    context["facts"] = page_facts(source, site, catalog, site.organization.today())
    context["history"] = shown_history(source, site, catalog, str(page.file.url))
    context["heading"], context["body"] = (heading + tag, body) if tag else ("", heading)
    context["feed"] = feed_address(site, source.path, page.url)
    context["source"], context["audience"] = source.path, source.front_matter.texts("audience")
    context["text_language"] = source.language
    context["is_fallback"] = source.language != catalog.language
    return context


def on_template_context(context: Any, template_name: str, config: MkDocsConfig) -> Any:
    """Give pages that have no source, such as the one for a missing page, the texts too."""
    context["words"] = _catalog(config)
    return context


@event_priority(100)
def _write_outputs(config: MkDocsConfig) -> None:
    """Write what stands beside the pages, once and before the other languages are built."""
    if not _plugin(config, "i18n").is_default_language_build:
        return
    from macros.outputs.all_outputs import (
        outputs,  # The check loads this module, and would pay for the libraries.
    )

    for found in outputs(_site(config), now()):
        _write_below(Path(config.site_dir), found)
    if os.environ.get(TOP):
        from macros.outputs.edition_list import top_files

        _write_below(Path(os.environ[TOP]), top_files(_site(config), Path(str(config.theme.custom_dir))))


@event_priority(-200)
def _write_changes(config: MkDocsConfig) -> None:
    """Say what changed for readers, when the pages of every language are written."""
    if _plugin(config, "i18n").building:
        return
    from macros.outputs.change_files import change_files, top_feed

    folder = Path(config.site_dir)
    try:
        files = dict(change_files(_site(config), _root(config), folder))
    except HandbookError as error:
        raise PluginError(str(error)) from None
    _write_below(folder, files)
    if os.environ.get(TOP):
        _write_below(Path(os.environ[TOP]), top_feed(files))


on_post_build = CombinedEvent(_write_outputs, _write_changes)


def _write_below(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, data in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def on_serve(
    server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., None]
) -> LiveReloadServer:
    """Let a mistake made while somebody edits be told as a sentence; the next edit builds again."""

    def build() -> None:
        try:
            builder()
        except MkDocsException as error:
            raise Abort(str(error)) from None  # What else ends a build is traced, or ends the server.

    server.builder = build
    return server


def _plugin(config: MkDocsConfig, name: str) -> Any:
    """Return a plugin with the attributes of its own class, which MkDocs does not know."""
    return config.plugins[name]


def _site(config: MkDocsConfig) -> Site:
    site: Site = _plugin(config, "macros").site
    return site


def _catalog(config: MkDocsConfig) -> Catalog:
    """Return the texts in the language that is being built."""
    return _site(config).catalogs[_plugin(config, "i18n").current_language]


def _language(site: Site, language: str) -> I18nPluginLanguage:
    """Describe one language to the language plugin."""
    catalog = site.catalogs[language]
    english = site.catalogs[site.main_language].group("navigation")
    options = I18nPluginLanguage()
    options.load_dict(
        {
            "locale": language,
            "name": catalog["language"],
            "default": language == site.main_language,
            "build": True,
            "site_name": site.name_in(language),
            "nav_translations": {english[key]: text for key, text in catalog.group("navigation").items()},
        }
    )
    failed, _ = options.validate()
    if failed:
        raise PluginError(f"organization.yml: the language '{language}' cannot be built: {failed[0][1]}")
    return options
