"""Reads the handbook that a change would make, before anything is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from handbook.content.languages import language_of
from handbook.content.mkdocs_settings import PublishedFile, parse_settings
from handbook.content.navigation_targets import pages_off_navigation
from handbook.content.pages import Page, PageSource, parse_page
from handbook.content.site_configuration import read_site_configuration
from handbook.markup.published_site import PublishedSite
from handbook.model import ExpressionsOf, Handbook
from handbook.registers.all_registers import Registers, read_registers
from handbook.registers.published_pages import reasons_to_leave_out
from handbook.restructuring.draft import Draft
from handbook.restructuring.registers import CONFIGURATION


def drafted_handbook(
    before: Handbook, draft: Draft, expressions_of: ExpressionsOf, renamed: Mapping[str, str]
) -> Handbook:
    """Return the handbook with the files of a draft; `renamed` has the new path of each file that moves.

    Raises:
        HandbookError: if one of its registers cannot be read.

    """
    registers = read_registers(draft)
    every = list(_pages(before, draft))
    left_out = reasons_to_leave_out(every, registers)
    site = before.site
    if site:
        files = frozenset(_names(before, draft))
        configuration = read_site_configuration(draft.read(CONFIGURATION) or b"")
        published = PublishedSite.of(configuration, site.folder, files, site.patterns)
        site = replace(published.without(left_out), rendered=site.rendered)
    return replace(
        before,
        registers=registers,
        expressions=expressions_of(registers),
        pages=[page for page in every if page.path not in left_out],
        assets=[replace(asset, path=renamed.get(asset.path, asset.path)) for asset in before.assets],
        off_navigation=_off_navigation(before, draft, every),
        site=site,
    )


def drafted_pages(before: Handbook, draft: Draft, registers: Registers) -> list[Page]:
    """Return the pages that the handbook would publish with the files of a draft."""
    every = list(_pages(before, draft))
    left_out = reasons_to_leave_out(every, registers)
    return [page for page in every if page.path not in left_out]


def _off_navigation(before: Handbook, draft: Draft, pages: Sequence[Page]) -> frozenset[str]:
    settings = parse_settings(draft.read(CONFIGURATION) or b"{}")
    languages = before.registers.organization.languages
    paths = [page.path for page in pages]
    return pages_off_navigation(paths, settings.navigation, folder_of(before), languages, settings.not_in_nav)


def folder_of(handbook: Handbook) -> str:
    """Return the folder of pages from the root: `docs`, unless mkdocs.yml names another."""
    return handbook.site.folder if handbook.site else "docs"


def files_of(handbook: Handbook) -> Iterator[str]:
    """Yield the path of every file in the folder of pages."""
    if handbook.site:
        yield from sorted(f"{handbook.site.folder}/{name}" for name in handbook.site.files)


def pages_of(handbook: Handbook) -> Iterator[str]:
    """Yield the path of every page, in every language, published here or not."""
    yield from (path for path in files_of(handbook) if PublishedFile(path).is_page)


def _names(before: Handbook, draft: Draft) -> Iterator[str]:
    folder = folder_of(before)
    here = {*files_of(before), *draft.paths_below(folder)}
    yield from (path.removeprefix(f"{folder}/") for path in here if not draft.is_removed(path))


def _pages(before: Handbook, draft: Draft) -> Iterator[Page]:
    folder = folder_of(before)
    settings = parse_settings(draft.read(CONFIGURATION) or b"{}")
    languages = before.registers.organization.languages
    known = {page.path: page for page in before.pages}
    for name in sorted(_names(before, draft)):
        path = f"{folder}/{name}"
        language = language_of(name, languages) if PublishedFile(name).is_page else None
        if language and not settings.is_excluded(name):
            is_as_before = path in known and not draft.changes(path)
            yield known[path] if is_as_before else _page(draft, path, language)


def _page(draft: Draft, path: str, language: str) -> Page:
    return parse_page(PageSource(path, path, language), draft.read(path) or b"")
