"""The events of a build that MkDocs calls: the languages, the pages, and the facts on each page."""

import gc
import logging
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as BuiltPage
from mkdocs_static_i18n.config import I18nPluginLanguage
from mkdocs_static_i18n.suffix import create_i18n_file

from handbook.check.runner import check, judge
from handbook.clock import now
from handbook.compliance.read_compliance import read_compliance
from handbook.content.file_names import refuse_foreign_names
from handbook.content.languages import UNMARKED, main_path, path_in, shown_paths
from handbook.content.navigation_targets import with_placed_pages
from handbook.content.pages import Page
from handbook.content.site_map import sections_of
from handbook.errors import HandbookError
from handbook.files.links import refuse_linked, refuse_linked_folders, refuse_unusual_files
from handbook.history.history_for_build import history_for_build, with_saved_pages
from handbook.markup.link_targets import LinkTargets
from handbook.markup.refused_html import suspects
from handbook.model import Handbook
from handbook.registers.published_pages import reasons_to_leave_out
from handbook.rules import RULES
from handbook.rules.markup import imitated_components
from handbook.templating.sandbox import PageSandbox
from macros.context.inbox import inbox_address
from macros.context.missing_page import FILE, TEMPLATES, TOP_TEMPLATE, missing_page
from macros.context.page_facts import page_facts
from macros.context.page_frame import FramePages, page_frame
from macros.context.read_pages import (
    STOPS_THE_BUILD,
    published_assets,
    published_pages,
    read_again,
    root_of,
    stop_at,
)
from macros.context.search_pages import search_files, search_page
from macros.context.served_path import address_of
from macros.context.site import Site
from macros.context.site_addresses import site_addresses
from macros.context.source_links import source_links
from macros.context.translation_notice import translation_notice
from macros.definitions.editions import own_edition
from macros.definitions.history import shown_history
from macros.definitions.what_changed import feed_address
from macros.outputs.edition_list import top_files
from macros.outputs.history_documents import history_documents
from macros.outputs.left_out_pages import dead_links, without
from macros.plugin import build_context_of, read_site, set_build_context
from macros.presentation.catalog import Catalog, direction_of
from macros.presentation.frame_assets import FrameAssets, read_frame_assets
from macros.presentation.log_lines import guard_log
from macros.presentation.mail_links import with_addresses
from macros.presentation.safe_html import clean
from macros.presentation.table_regions import with_regions
from macros.presentation.templates import fill, localized
from macros.presentation.theme import FrameTheme, clean_copyright, clean_heading, is_escaped, state_title

log = logging.getLogger("mkdocs.handbook")
SITE_MAP: Final = "sitemap.xml"
# How many objects a build makes between two searches for garbage; on its own, Python would search after 700.
_MADE_BEFORE_A_SEARCH: Final = 10_000
# What people read of the files that are no pages.
_READ: Final = (".html", ".xml")


def on_startup(command: str, dirty: bool) -> None:
    """Let the plugins report problems only, not progress, and Python look for garbage less often.

    The search takes 7 % of a build of 1,000 pages, and 3 % this way. Without any, a build would need half as
    much memory again, because what Markdown makes of each page is full of cycles.
    """
    gc.set_threshold(_MADE_BEFORE_A_SEARCH)
    for name in ("mkdocs.plugins.mkdocs_macros", "mkdocs.plugins.mkdocs_static_i18n"):
        logging.getLogger(name).setLevel(logging.WARNING)
    guard_log(logging.getLogger("mkdocs"))


def on_shutdown() -> None:
    """Do not look for garbage at the end of the process, which takes 4 % of a build of 1,000 pages."""
    gc.freeze()


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the settings of the build, name the site, and tell the language plugin the languages.

    MkDocs calls this once for each language; the settings are read for the first one only.
    """
    plugin = _plugin(config, "macros")
    site = build_context_of(plugin) or _first_context(config)
    set_build_context(plugin, site)
    config.site_name = site.name_in(site.main_language)
    clean_copyright(config)
    config.theme = FrameTheme(config.theme)
    config.site_url = config.site_url or address_of(site.organization)
    if site.editions.build:
        config.theme.static_templates.add(TOP_TEMPLATE)
    languages = _plugin(config, "i18n")
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
    _plugin(config, "macros")._env = PageSandbox()
    env.autoescape = is_escaped
    env.trim_blocks = env.lstrip_blocks = True  # Lines of a template that print nothing weigh on every page.
    env.filters |= {"fill": fill, "localized": localized}
    site = _site(config)
    assets = site.assets if site.assets.files else _frame_assets(config, site)
    set_build_context(_plugin(config, "macros"), replace(site, assets=assets, templates=env))
    return env


@event_priority(-100)
def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Keep the navigation, whose titles are translated by now, for documents that are no pages of MkDocs."""
    set_build_context(_plugin(config, "macros"), replace(_site(config), navigation=nav))
    return nav


@event_priority(100)
def _read_files(files: Files, config: MkDocsConfig) -> Files:
    """Read every page that will be published, and stop if one cannot be shown truthfully."""
    site = _site(config)
    _read_reviews(site)
    _refuse_unusual_files(config)
    _refuse_missing_logo(files, site)
    read = dict(published_pages(files, config, site.organization.languages))
    reasons = reasons_to_leave_out([page for _, page in read.values()], site.registers)
    kept = [page for _, page in read.values() if page.path not in reasons]
    assets = list(published_assets(files, config))
    handbook = Handbook(site.registers, {}, site.organization.today(), kept, assets)
    findings = [finding for page in kept for finding in judge(page, handbook, STOPS_THE_BUILD)]
    stop_at("these pages", findings)
    for page in kept:
        _warn_of_imitations(page, site)
    stop_at("these files", check(handbook, [RULES["FMT003"]]).findings)
    pages = {page.path.removeprefix("docs/"): page for page in kept}
    left_out = {name: reasons[page.path] for name, (_, page) in read.items() if page.path in reasons}
    for name in left_out:
        files.remove(read[name][0])
    languages = site.organization.languages
    _leave_out_other_languages(files, site, _catalog(config).language)
    names = shown_paths(pages, languages, _catalog(config).language)
    elsewhere = {name for name in pages if main_path(name, languages) not in names}
    hidden = {*left_out, *elsewhere, *(main_path(name, languages) for name in elsewhere)}
    config.nav = with_placed_pages(without(config.nav, hidden), names, config.not_in_nav)
    site = replace(
        site,
        pages=pages,
        left_out=left_out,
        addresses={f"docs/{name}": str(read[name][0].url) for name in pages},
        sections=sections_of(config.nav),
    )
    if _plugin(config, "i18n").is_default_language_build:
        site = _with_past(site)
        _warn_of_registers(handbook)
    set_build_context(_plugin(config, "macros"), site)
    return files


@event_priority(-150)
def _place_localized_files(files: Files, config: MkDocsConfig) -> Files:
    """Write a picture below the folder of a language, if the main language has one of its own in its place.

    The language plugin writes a file without a language in its name to the top, over the one that is there.
    """
    plugin = _plugin(config, "i18n")
    if plugin.is_default_language_build:
        return files
    for file in list(files):
        own = path_in(file.src_uri, plugin.default_language)
        if not file.is_documentation_page() and own != file.src_uri and Path(config.docs_dir, own).is_file():
            languages = plugin.current_language, plugin.default_language, plugin.all_languages
            files.remove(file)
            files.append(create_i18n_file(file, *languages, config))
    return files


on_files = CombinedEvent(_read_files, _place_localized_files)


def _leave_out_other_languages(files: Files, site: Site, language: str) -> None:
    """Leave each file in the one language in which readers get it.

    The language plugin takes a file without a language in its name for one in the main language, and stops at
    two of these.
    """
    languages = site.organization.languages
    targets = LinkTargets(frozenset(files.src_uris), languages)
    for file in list(files):
        if not targets.is_in_build(file.src_uri, language):
            files.remove(file)


def _warn_of_imitations(page: Page, site: Site) -> None:
    """Make a strict build fail if a page imitates what a macro shows."""
    for problem in imitated_components(page, site.expressions.get(page.language)):
        log.warning("%s:%s:%s: %s", page.path, problem.line, problem.column, problem.message)


def _read_reviews(site: Site) -> None:
    """Stop at a review record that cannot be read, before a page asks for it."""
    try:
        len(site.registers.reviews.files)
    except HandbookError as error:
        raise PluginError(str(error)) from None


def _refuse_unusual_files(config: MkDocsConfig) -> None:
    """Stop at a file that MkDocs would never end to copy, or copy from elsewhere."""
    try:
        refuse_unusual_files(root_of(config), Path(config.docs_dir))
    except HandbookError as error:
        raise PluginError(str(error)) from None


def _refuse_missing_logo(files: Files, site: Site) -> None:
    """Stop at a logo that no page could show, or that is on another host."""
    logo = site.organization.brand.logo if site.organization.brand else None
    if logo and files.get_file_from_path(logo) is None:
        mend = "put the file there, and write its path from docs/, such as images/logo.svg"
        raise PluginError(f"organization.yml: the logo {logo} is not below docs/; {mend}")


def _with_past(site: Site) -> Site:
    """Read the history of the pages, once for all languages."""
    assert site.source is not None  # noqa: S101 - `read_site` has set it
    organization, paths = site.organization, [page.path for page in site.pages.values()]
    try:
        history = history_for_build(site.source, organization, site.owners, paths)
        compliance = read_compliance(
            site.source,
            organization.time_zone,
            organization.today(),
            site.expressions_of,
            organization.history_since,
        )
    except HandbookError as error:
        raise PluginError(str(error)) from None
    return replace(site, history=history, compliance=compliance)


def _warn_of_registers(handbook: Handbook) -> None:
    """Make a strict build fail if a register names a page that it does not publish, or hides one."""
    for finding in check(handbook, [RULES["REG001"], RULES["REG004"]]).findings:
        log.warning("%s:%s:%s: %s", finding.path, finding.line, finding.column, finding.message)


def on_pre_page(page: BuiltPage, config: MkDocsConfig, files: Files) -> BuiltPage:
    """Read a page again if it was saved since the pages were listed: its facts are those of its text."""
    site, name = _site(config), page.file.src_uri
    saved = read_again(site.pages[name], page.file)
    if saved is not site.pages[name]:
        stop_at("this page", list(judge(saved, site.handbook, STOPS_THE_BUILD)))
        _warn_of_imitations(saved, site)
        pages = {**site.pages, name: saved}
        set_build_context(_plugin(config, "macros"), _with_saved(replace(site, pages=pages)))
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
    site, name = _site(config), page.file.src_uri
    for complaint in (*suspects(html), *dead_links(html, name, site.left_out)):
        log.warning("docs/%s: %s", name, complaint)
    state_title(page)
    for item in page.toc.items:
        clean_heading(item)
    catalog, source = _catalog(config), site.pages[name]
    signs = {catalog[f"glance.{sign}"]: sign for sign in ("may", "ask", "never")}
    shown = site.variants.markup(with_regions(with_addresses(clean(html)), signs), source.language)
    # The page that lists the others would answer everything.
    if main_path(name, site.organization.languages) != config.extra.get("search_page"):
        found = site.search.setdefault(catalog.language, [])
        found.append(search_page(source, site, catalog.language, str(page.file.url), shown))
    return shown


def on_post_page(output: str, page: BuiltPage, config: MkDocsConfig) -> str:
    """Show the page in the variants of its languages, such as British English."""
    _, _, body = (page.content or "").partition("</h1>")
    return _site(config).variants.markup(output, done=body)


def on_page_context(context: Any, page: BuiltPage, config: MkDocsConfig, nav: Navigation) -> Any:
    """Give the theme the facts of the page and the texts in its language."""
    site, catalog = _site(config), _catalog(config)
    source = site.pages[page.file.src_uri]
    heading, tag, body = (page.content or "").partition("</h1>")
    context["words"] = catalog
    context["frame"] = page_frame(site, catalog, nav, page, _frame_pages(config))
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
    site, catalog = _site(config), _catalog(config)
    context["words"] = catalog
    context["frame"] = frame = page_frame(site, catalog, context["nav"], None, _frame_pages(config))
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
    output = _site(config).variants.markup(output)
    is_main, build = _plugin(config, "i18n").is_default_language_build, _site(config).editions.build
    if template_name == TOP_TEMPLATE and build and is_main:
        _write_below(build.top, {FILE: output.encode()}, _site(config))
    return output if template_name == FILE and is_main else ""


def _frame_pages(config: MkDocsConfig) -> FramePages:
    return FramePages(config.extra.get("search_page"), config.extra.get("emergency_page"))


@event_priority(100)
def _write_outputs(config: MkDocsConfig) -> None:
    """Write the files beside the pages, once and before the other languages are built."""
    if not _plugin(config, "i18n").is_default_language_build:
        return
    # The check loads this module too, and would spend 45 ms, most of it on icalendar.
    from macros.outputs.all_outputs import outputs

    site = _site(config)
    try:
        for files in (site.assets.files, *outputs(site, now())):
            _write_below(Path(config.site_dir), files, site)
    except HandbookError as error:
        raise PluginError(str(error)) from None
    if site.editions.build:
        _write_below(site.editions.build.top, top_files(site, Path(str(config.theme.custom_dir))), site)


@event_priority(100)
def _write_histories(config: MkDocsConfig) -> None:
    """Write the history of each page that is in the language that was built."""
    site, catalog = _site(config), _catalog(config)
    frame = page_frame(site, catalog, site.navigation, None, _frame_pages(config))
    _write_below(Path(config.site_dir), history_documents(site, catalog, frame, config), site)


@event_priority(100)
def _write_search(config: MkDocsConfig) -> None:
    """Write the index of the language that was built."""
    site, language = _site(config), _catalog(config).language
    _write_below(Path(config.site_dir), search_files(site, language), site)


@event_priority(-200)
def _write_changes(config: MkDocsConfig) -> None:
    """Write what changed for readers, once the pages of every language are there."""
    if _plugin(config, "i18n").building:
        return
    # The check loads this module too, and would spend 19 ms.
    from macros.outputs.change_files import change_files, top_feed

    site, folder = _site(config), Path(config.site_dir)
    try:
        files = dict(change_files(site, root_of(config), folder))
    except HandbookError as error:
        raise PluginError(str(error)) from None
    _write_below(folder, files, site)
    if site.editions.build:
        _write_below(site.editions.build.top, top_feed(files), site)


@event_priority(-200)
def _write_acknowledgements(config: MkDocsConfig) -> None:
    """Write what readers are asked to accept, once the pages of every language are there."""
    if _plugin(config, "i18n").building:
        return
    # The check loads this module too.
    from macros.outputs.acknowledgements import acknowledgement_files

    site, folder = _site(config), Path(config.site_dir)
    try:
        files = dict(acknowledgement_files(site, root_of(config), folder))
    except HandbookError as error:
        raise PluginError(str(error)) from None
    _write_below(folder, files, site)


on_post_build = CombinedEvent(
    _write_outputs, _write_histories, _write_search, _write_changes, _write_acknowledgements
)


def _write_below(folder: Path, files: Mapping[str, bytes], site: Site) -> None:
    """Write files below a folder, those that people read in the variants of their languages."""
    for path, data in files.items():
        if path.endswith(_READ):
            data = site.variants.markup(data.decode("utf-8")).encode("utf-8")
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def _plugin(config: MkDocsConfig, name: str) -> Any:
    """Return a plugin, typed as Any because MkDocs does not know the attributes of its class."""
    return config.plugins[name]


def _site(config: MkDocsConfig) -> Site:
    site = build_context_of(_plugin(config, "macros"))
    assert site is not None  # noqa: S101 - `on_config` has set it
    return site


def _catalog(config: MkDocsConfig) -> Catalog:
    """Return the texts in the language that is being built."""
    return _site(config).catalogs[_plugin(config, "i18n").current_language]


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
