"""The events of a build that MkDocs calls: the languages, the pages, and the facts on each page."""

import errno
import logging
import os
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError, PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as BuiltPage
from mkdocs_static_i18n.config import I18nPluginLanguage

from handbook.check.runner import judge
from handbook.content.file_names import refuse_foreign_names
from handbook.content.languages import UNMARKED, main_path
from handbook.errors import HandbookError
from handbook.files.atomic_write import cannot_be_written
from handbook.files.links import refuse_linked, refuse_linked_folders, refuse_unusual_files
from handbook.garbage import collect_less_often, collect_no_more
from handbook.history.history_for_build import with_saved_pages
from handbook.markup.refused_html import suspects
from handbook.templating.sandbox import PageSandbox
from macros.context.inbox import inbox_address
from macros.context.missing_page import FILE, TEMPLATES, TOP_TEMPLATE, missing_page
from macros.context.page_facts import page_facts
from macros.context.page_frame import page_frame
from macros.context.read_pages import STOPS_THE_BUILD, read_again, root_of, stop_at
from macros.context.search_pages import search_page
from macros.context.served_path import address_of
from macros.context.site import Site
from macros.context.site_addresses import site_addresses
from macros.context.source_links import source_links
from macros.context.translation_notice import translation_notice
from macros.definitions.editions import own_edition
from macros.definitions.history import shown_history
from macros.definitions.what_changed import feed_address
from macros.events.build_state import current_catalog, current_site, frame_pages, plugin_of
from macros.events.files import on_files, warn_of_imitations  # noqa: F401 - MkDocs calls `on_files`
from macros.events.post_build import on_post_build, write_below  # noqa: F401 - MkDocs calls `on_post_build`
from macros.outputs.left_out_pages import dead_links
from macros.plugin import build_context_of, read_site, set_build_context
from macros.presentation.catalog import direction_of
from macros.presentation.frame_assets import FrameAssets, read_frame_assets
from macros.presentation.log_lines import guard_log
from macros.presentation.mail_links import with_addresses
from macros.presentation.safe_html import clean
from macros.presentation.table_regions import with_regions
from macros.presentation.templates import fill, localized
from macros.presentation.theme import FrameTheme, clean_copyright, clean_heading, is_escaped, state_title

log = logging.getLogger("mkdocs.handbook")
SITE_MAP: Final = "sitemap.xml"
_REFUSED: Final = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM)


def on_startup(command: str, dirty: bool) -> None:
    """Let the plugins report problems only, not progress, and Python look for garbage less often."""
    collect_less_often()
    for name in ("mkdocs.plugins.mkdocs_macros", "mkdocs.plugins.mkdocs_static_i18n"):
        logging.getLogger(name).setLevel(logging.WARNING)
    guard_log(logging.getLogger("mkdocs"))


def on_build_error(error: Exception) -> None:
    """Say in a sentence that a file could not be read or written, such as on a full disk."""
    if isinstance(error, OSError) and error.errno in _REFUSED:
        place = error.filename2 or error.filename or "the site"
        if os.access(place, os.F_OK) and not os.access(place, os.R_OK):
            problem = f"{place} cannot be read ({error.strerror}); check its permissions"
            raise BuildError(f"{problem}, then run this again") from None
        raise BuildError(str(cannot_be_written(place, error))) from None


def on_shutdown() -> None:
    """Do not look for garbage at the end of the process."""
    collect_no_more()


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the settings of the build, name the site, and tell the language plugin the languages.

    MkDocs calls this once for each language; the settings are read for the first one only.
    """
    plugin = plugin_of(config, "macros")
    site = build_context_of(plugin) or _first_context(config)
    set_build_context(plugin, site)
    config.site_name = site.name_in(site.main_language)
    clean_copyright(config)
    config.theme = FrameTheme(config.theme)
    config.site_url = config.site_url or address_of(site.organization)
    if site.editions.build:
        config.theme.static_templates.add(TOP_TEMPLATE)
    languages = plugin_of(config, "i18n")
    if languages.current_language is None:
        languages.config.languages = [_language(site, name) for name in site.organization.languages]
    return config


def _first_context(config: MkDocsConfig) -> Site:
    """Read the settings, and everything that would otherwise fail in the middle of the build."""
    site = read_site(root_of(config))
    try:
        _refuse_links(config)
        _ = site.editions.own, site.organization.today()
    except HandbookError as error:
        raise PluginError(str(error)) from None
    return site


def _frame_assets(config: MkDocsConfig, site: Site) -> FrameAssets:
    brand = site.organization.brand
    folders = [Path(folder) for folder in config.theme.dirs]
    try:
        return read_frame_assets(Path(str(config.theme.custom_dir)), folders, brand.color if brand else None)
    except HandbookError as error:
        raise PluginError(str(error)) from None


def _refuse_links(config: MkDocsConfig) -> None:
    """Refuse links along which MkDocs would read or publish what is elsewhere."""
    root = root_of(config)
    refuse_linked(root, Path(config.config_file_path).name)
    refuse_linked_folders(root, Path(config.docs_dir))
    if config.theme.custom_dir:  # The check loads no theme.
        refuse_unusual_files(root, Path(config.theme.custom_dir))


def on_pre_build(config: MkDocsConfig) -> None:
    """Refuse names at which MkDocs stops with a traceback; the check, which skips this, lists them."""
    try:
        refuse_foreign_names(Path(config.docs_dir))
    except HandbookError as error:
        raise PluginError(str(error)) from None


@event_priority(-50)
def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Replace the plugin's Jinja environment, which is not sandboxed, with ours; let the frame escape."""
    plugin_of(config, "macros")._env = PageSandbox()
    env.autoescape = is_escaped
    env.trim_blocks = env.lstrip_blocks = True  # Lines of a template that print nothing weigh on every page.
    env.filters |= {"fill": fill, "localized": localized}
    site = current_site(config)
    assets = site.assets if site.assets.files else _frame_assets(config, site)
    set_build_context(plugin_of(config, "macros"), replace(site, assets=assets, templates=env))
    return env


@event_priority(-100)
def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Keep the navigation, whose titles are translated by now, for documents that are not pages of MkDocs."""
    set_build_context(plugin_of(config, "macros"), replace(current_site(config), navigation=nav))
    return nav


def on_pre_page(page: BuiltPage, config: MkDocsConfig, files: Files) -> BuiltPage:
    """Read a page again if it was saved since the pages were listed: its facts are those of its text."""
    site, name = current_site(config), page.file.src_uri
    saved = read_again(site.pages[name], page.file)
    if saved is not site.pages[name]:
        stop_at("this page", list(judge(saved, site.handbook, STOPS_THE_BUILD)))
        warn_of_imitations(saved, site)
        pages = {**site.pages, name: saved}
        set_build_context(plugin_of(config, "macros"), _with_saved(replace(site, pages=pages)))
    return page


def _with_saved(site: Site) -> Site:
    """Tell which pages are not committed; the commits are those that the build has read."""
    assert site.source is not None  # noqa: S101 - `read_site` has set it
    try:
        history = with_saved_pages(site.history, site.source, [page.path for page in site.pages.values()])
    except HandbookError as error:
        raise PluginError(str(error)) from None
    return replace(site, history=history)


def on_page_content(html: str, page: BuiltPage, config: MkDocsConfig, files: Files) -> str:
    """Clean the page and its headings, and say of each that the frame may print it as it is."""
    site, name = current_site(config), page.file.src_uri
    for complaint in (*suspects(html), *dead_links(html, name, site.left_out)):
        log.warning("docs/%s: %s", name, complaint)
    state_title(page)
    for item in page.toc.items:
        clean_heading(item)
    catalog, source = current_catalog(config), site.pages[name]
    signs = {catalog[f"glance.{sign}"]: sign for sign in ("may", "ask", "never")}
    shown = site.variants.markup(with_regions(with_addresses(clean(html)), signs), source.language)
    # The page that lists the others would answer everything.
    if main_path(name, site.organization.languages) != config.extra.get("search_page"):
        pages = site.search.setdefault(catalog.language, [])
        pages.append(search_page(source, site, catalog.language, str(page.file.url), shown))
    return shown


def on_post_page(output: str, page: BuiltPage, config: MkDocsConfig) -> str:
    """Show the page in the variants of its languages, such as British English."""
    _, _, body = (page.content or "").partition("</h1>")
    return current_site(config).variants.markup(output, done=body)


def on_page_context(context: Any, page: BuiltPage, config: MkDocsConfig, nav: Navigation) -> Any:
    """Give the theme the facts of the page and the texts in its language."""
    site, catalog = current_site(config), current_catalog(config)
    source = site.pages[page.file.src_uri]
    heading, tag, body = (page.content or "").partition("</h1>")
    context["words"] = catalog
    context["frame"] = page_frame(site, catalog, nav, page, frame_pages(config))
    context["edition"] = own_edition(site, catalog)
    context["change"] = source_links(source, site)
    context["facts"] = facts = page_facts(source, site, catalog, site.organization.today())
    title = context["frame"].title
    context["inbox"] = inbox_address(site, catalog, facts.asked, title, str(page.file.url))
    context["site_name"] = site.name_in(title.language or catalog.language)
    context["history"] = shown_history(source, site, catalog, str(page.file.url))
    context["heading"], context["body"] = (heading + tag, body) if tag else ("", heading)
    context["feed"] = feed_address(site, source.path, page.url)
    context["source"], context["audience"] = source.path, source.front_matter.texts("audience")
    context["text_language"] = source.language
    context["text_direction"] = direction_of(source.language)
    context["is_fallback"] = source.language != catalog.language
    context["translation"] = translation_notice(source, site, catalog, context["frame"].languages)
    context["is_home"] = site.is_home(source, catalog.language)
    context["fallback_language"] = catalog.name_of(source.language)
    return context


def on_template_context(context: Any, template_name: str, config: MkDocsConfig) -> Any:
    """Give pages without a source, such as 404.html, the texts too."""
    site, catalog = current_site(config), current_catalog(config)
    context["words"] = catalog
    context["frame"] = frame = page_frame(site, catalog, context["nav"], None, frame_pages(config))
    if template_name == SITE_MAP:
        context["site_pages"] = site_addresses(site)
    if template_name in TEMPLATES:
        missing = missing_page(site, catalog, frame, template_name, config.site_url)
        context.update(missing=missing, frame=missing.frame, base_url=missing.base, inbox=missing.inbox)
    return context


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """Write a list of pages only if their address is known, and 404.html in the main language alone.

    Each language would write over the one before it.
    """
    if template_name == SITE_MAP:
        return output if config.site_url else ""
    if template_name not in TEMPLATES:
        return output
    output = current_site(config).variants.markup(output)
    is_main, build = plugin_of(config, "i18n").is_default_language_build, current_site(config).editions.build
    if template_name == TOP_TEMPLATE and build and is_main:
        write_below(build.top, {FILE: output.encode()}, current_site(config))
    return output if template_name == FILE and is_main else ""


def _language(site: Site, language: str) -> I18nPluginLanguage:
    """Return the settings of one language for the language plugin."""
    catalog = site.catalogs[language]
    english = site.catalogs[UNMARKED].group("navigation")
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
