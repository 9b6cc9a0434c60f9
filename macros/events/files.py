"""The event `on_files`: reads every page that will be published, and takes out the other files."""

import logging
from dataclasses import replace
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs_static_i18n.suffix import create_i18n_file

from handbook.check.runner import check, judge
from handbook.compliance.read_compliance import read_compliance
from handbook.content.languages import main_path, path_in, shown_paths
from handbook.content.navigation_targets import with_placed_pages
from handbook.content.pages import Page
from handbook.content.site_map import sections_of
from handbook.errors import HandbookError
from handbook.files.links import refuse_unusual_files
from handbook.history.history_for_build import history_for_build
from handbook.markup.link_targets import LinkTargets
from handbook.model import Handbook
from handbook.registers.published_pages import reasons_to_leave_out
from handbook.rules import RULES
from handbook.rules.markup import imitated_components
from macros.context.read_pages import STOPS_THE_BUILD, published_assets, published_pages, root_of, stop_at
from macros.context.site import Site
from macros.events.build_state import current_catalog, current_site, plugin_of
from macros.outputs.left_out_pages import without
from macros.plugin import set_build_context

log = logging.getLogger("mkdocs.handbook")


@event_priority(100)
def _read_files(files: Files, config: MkDocsConfig) -> Files:
    """Read every page that will be published, and stop if one cannot be shown truthfully."""
    site = current_site(config)
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
        warn_of_imitations(page, site)
    stop_at("these files", check(handbook, [RULES["FMT003"]]).findings)
    pages = {page.path.removeprefix("docs/"): page for page in kept}
    left_out = {name: reasons[page.path] for name, (_, page) in read.items() if page.path in reasons}
    for name in left_out:
        files.remove(read[name][0])
    languages = site.organization.languages
    _leave_out_other_languages(files, site, current_catalog(config).language)
    names = shown_paths(pages, languages, current_catalog(config).language)
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
    if plugin_of(config, "i18n").is_default_language_build:
        site = _with_past(site)
        _warn_of_registers(handbook)
    set_build_context(plugin_of(config, "macros"), site)
    return files


@event_priority(-150)
def _place_localized_files(files: Files, config: MkDocsConfig) -> Files:
    """Write a picture below the folder of a language, if the main language has one of its own in its place.

    The language plugin writes a file without a language in its name to the top, over the one that is there.
    """
    plugin = plugin_of(config, "i18n")
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


def warn_of_imitations(page: Page, site: Site) -> None:
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
        remedy = "put the file there, and write its path from docs/, such as images/logo.svg"
        raise PluginError(f"organization.yml: the logo {logo} is not below docs/; {remedy}")


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
