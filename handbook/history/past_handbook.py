"""Reads a handbook as it stood in a commit, from git's objects; nothing is checked out."""

import errno
import os
from bisect import bisect_right
from dataclasses import replace
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO

from handbook.content.assets import Asset
from handbook.content.file_names import misnamed_files
from handbook.content.languages import is_replaced
from handbook.content.mkdocs_settings import parse_settings
from handbook.content.navigation_targets import pages_off_navigation
from handbook.content.pages import Page, PageSource, cannot_be_read, parse_page, unreadable_page
from handbook.content.site_configuration import FILE, read_site_configuration
from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.git.ages import TextAges
from handbook.git.objects import CommitTree
from handbook.git.repository import WHOLE_HISTORY, Repository
from handbook.history.beginning import own_days
from handbook.history.commit_dates import commit_days
from handbook.markup.published_site import PublishedSite
from handbook.model import ExpressionsOf, Handbook
from handbook.registers.all_registers import read_registers
from handbook.registers.organization import Organization, load_organization
from handbook.registers.published_pages import reasons_to_leave_out


def handbook_of_day(
    repository: Repository, day: date, today: date, branch: str | None, expressions_of: ExpressionsOf
) -> Handbook:
    """Read the handbook as it stood on the main branch at the end of a day, and judge it as of `today`.

    Raises:
        HandbookError: if it did not exist, or cannot be used.

    """
    organization = load_organization(Folder(repository.root))
    commit = commit_of_day(repository, branch or repository.main_branch(), day, organization)
    past = read_past(repository.tree(commit), today, expressions_of)
    return replace(past, ages=TextAges(repository.root, commit))


def commit_of_day(repository: Repository, branch: str, day: date, organization: Organization) -> str:
    """Return the last commit of a branch up to the end of a day, as the days of its commits count.

    Raises:
        HandbookError: if there is none.

    """
    commits = repository.first_parents(branch)[::-1]
    every = commit_days(repository, commits, organization.time_zone, organization.today())
    days = own_days(repository, commits[-1].name, every, organization.history_since).days
    if number := bisect_right(days, day):
        return commits[number - 1 - len(days)].name
    first = days[0]
    remedy = WHOLE_HISTORY if repository.is_shallow else f"name {first} or a later day"
    raise HandbookError(f"the history here begins on {first}, after {day}; {remedy}")


def read_past(tree: CommitTree, today: date, expressions_of: ExpressionsOf) -> Handbook:
    """Read the handbook of a commit, as of `today`.

    Raises:
        HandbookError: if a register or mkdocs.yml of that commit cannot be used.

    """
    registers, configuration = read_registers(tree), tree.read(FILE) or b"{}"
    settings = parse_settings(configuration)
    languages = registers.organization.languages
    pages, assets = [], []
    for file in settings.published(tree.entries):
        path = f"{settings.folder}/{file.name}"
        language = file.page_language(languages)
        if is_replaced(path, tree.entries, languages):
            continue
        if language:
            pages.append(_page(tree, path, language))
        elif not file.is_page and tree.resolve(path):
            assets.append(Asset(path, partial(_opened, tree, path)))
    off_navigation = pages_off_navigation(
        (page.path for page in pages), settings.navigation, settings.folder, languages, settings.not_in_nav
    )
    names = _names(tree, settings.folder)
    pages_by_name = {page.path.removeprefix(f"{settings.folder}/") for page in pages}
    misnamed = list(misnamed_files(names, pages_by_name, settings.folder, languages, settings.is_excluded))
    left_out = reasons_to_leave_out(pages, registers)
    kept = [page for page in pages if page.path not in left_out]
    site = PublishedSite.of(
        read_site_configuration(configuration),
        settings.folder,
        names,
        settings.patterns,
    ).without(left_out)
    return Handbook(registers, expressions_of(registers), today, kept, assets, off_navigation, misnamed, site)


def _names(tree: CommitTree, folder: str) -> frozenset[str]:
    """Return the files in a folder, at any depth, by their paths from there."""
    start = f"{folder}/"
    return frozenset(path.removeprefix(start) for path in tree.entries if path.startswith(start))


def _page(tree: CommitTree, path: str, language: str) -> Page:
    source = PageSource(PurePosixPath(path).name, path, language)
    data = tree.read(path)
    if data is None:
        return unreadable_page(source, cannot_be_read(os.strerror(errno.ENOENT)))
    return parse_page(source, data)


def _opened(tree: CommitTree, path: str) -> BinaryIO:
    return BytesIO(tree.read(path) or b"")
