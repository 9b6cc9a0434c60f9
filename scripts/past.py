"""Reads a handbook as it stood in a commit, from git's objects; nothing is checked out."""

import errno
import os
import re
from collections.abc import Collection, Container, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Final, cast
from zoneinfo import ZoneInfo

import yaml
from mkdocs.structure.files import File, set_exclusions
from pathspec.gitignore import GitIgnoreSpec

from handbook.applicability import applying
from handbook.assets import Asset
from handbook.errors import HandbookError
from handbook.git import WHOLE_HISTORY, Commit, CommitTree, Repository
from handbook.languages import language_of
from handbook.marked_yaml import too_deep
from handbook.model import Handbook, read_registers
from handbook.organization import load_organization
from handbook.pages import Page, PageSource, cannot_be_read, parse_page, unreadable_page
from handbook.trees import Folder
from scripts.publication import PUBLISHED, ExpressionsOf, pages_off_navigation

# What PyYAML and pathspec make of a file that says something else: `!!int ""`, `exclude_docs: "[z-a]"`.
_UNUSABLE: Final = (yaml.YAMLError, re.error, RecursionError, AttributeError, LookupError, ValueError)


_DEEPEST: Final = 100


class _Loader(yaml.CSafeLoader):
    """Reads mkdocs.yml; tags that name Python code or the environment mean nothing here."""


def _ignored(loader: _Loader, suffix: str, node: yaml.Node) -> None:
    return None


_Loader.add_multi_constructor("", _ignored)


@dataclass(frozen=True)
class Settings:
    """What mkdocs.yml says about which files are published."""

    folder: str
    navigation: object
    patterns: dict[str, GitIgnoreSpec]
    _known: dict[str, File | None] = field(default_factory=dict, compare=False)

    def published(self, paths: Collection[str]) -> Iterator[File]:
        """Yield the files that MkDocs would publish."""
        return (file for path in sorted(paths) if (file := self.publishes(path, paths)))

    def publishes(self, path: str, paths: Container[str]) -> File | None:
        """Return the file at a path, if MkDocs would publish it beside the others at `paths`."""
        folder, _, name = path.rpartition("/")
        index = f"{folder}/index.md"
        if name == "README.md" and index in paths and self._included(index):
            return None
        return self._included(path)

    def _included(self, path: str) -> File | None:
        if path not in self._known:
            self._known[path] = self._asked(path) if path.startswith(self.folder + "/") else None
        return self._known[path]

    def _asked(self, path: str) -> File | None:
        file = File(path.removeprefix(self.folder + "/"), self.folder, "", use_directory_urls=True)
        try:
            set_exclusions([file], cast("Any", self.patterns))
        except UnicodeEncodeError:
            raise HandbookError(f"the name of the file {path!r} is not UTF-8; rename it") from None
        return file if file.inclusion in PUBLISHED else None


@cache
def parse_settings(data: bytes) -> Settings:
    """Read mkdocs.yml.

    Raises:
        HandbookError: when it is no YAML or says something else.

    """
    try:
        if too_deep(data.decode(errors="replace"), _DEEPEST):
            raise ValueError("it is nested too deep")
        config: Any = yaml.load(data, _Loader)  # noqa: S506 - a safe loader that ignores tags
        if not isinstance(config, dict):
            raise ValueError("there are no keys in it")
        patterns = {
            key: GitIgnoreSpec.from_lines(config[key].splitlines())
            for key in ("exclude_docs", "draft_docs", "not_in_nav")
            if config.get(key)
        }
        return Settings(str(config.get("docs_dir", "docs")).strip("/"), config.get("nav"), patterns)
    except _UNUSABLE as error:
        raise HandbookError(f"mkdocs.yml of that day cannot be used: {error}") from None


def handbook_of_day(
    repository: Repository, day: date, today: date, branch: str | None, expressions_of: ExpressionsOf
) -> Handbook:
    """Read the handbook as it stood on the main branch at the end of a day, and judge it as of `today`.

    Raises:
        HandbookError: when it did not exist, or cannot be used.

    """
    zone = load_organization(Folder(repository.root)).time_zone
    commit = commit_of_day(
        repository, repository.first_parents(branch or repository.main_branch()), day, zone
    )
    return read_past(repository.tree(commit), today, expressions_of)


def commit_of_day(repository: Repository, newest_first: list[Commit], day: date, zone: str) -> str:
    """Return the last commit of a branch up to the end of a day.

    Raises:
        HandbookError: when there is none.

    """
    next_day = min(day, date.max - timedelta(days=1)) + timedelta(days=1)
    end = datetime.combine(next_day, time.min, ZoneInfo(zone)).timestamp()
    for commit in newest_first:
        if commit.seconds < end:
            return commit.name
    first = _day_of(newest_first[-1], zone)
    mend = WHOLE_HISTORY if repository.is_shallow else f"name {first} or a later day"
    raise HandbookError(f"the history here begins on {first}, after {day}; {mend}")


def _day_of(commit: Commit, zone: str) -> date:
    try:
        return datetime.fromtimestamp(commit.seconds, ZoneInfo(zone)).date()
    except (ValueError, OverflowError, OSError):
        raise HandbookError(
            f"commit {commit.name[:10]} has a date that no calendar has; use --changed-since instead"
        ) from None


def read_past(tree: CommitTree, today: date, expressions_of: ExpressionsOf) -> Handbook:
    """Read the handbook of a commit, as of `today`.

    Raises:
        HandbookError: when a register or mkdocs.yml of that commit cannot be used.

    """
    registers = read_registers(tree)
    settings = parse_settings(tree.read("mkdocs.yml") or b"{}")
    languages = registers.organization.languages
    pages, assets = [], []
    for file in settings.published(tree.entries):
        path = f"{settings.folder}/{file.src_uri}"
        language = language_of(file.src_uri, languages) if file.is_documentation_page() else None
        if language:
            pages.append(_page(tree, path, language))
        elif not file.is_documentation_page() and tree.resolve(path):
            assets.append(Asset(path, partial(_opened, tree, path)))
    off_navigation = pages_off_navigation(
        (page.path for page in pages), settings.navigation, settings.folder, languages
    )
    pages = applying(pages, registers.organization)
    return Handbook(registers, expressions_of(registers), today, pages, assets, off_navigation)


def _page(tree: CommitTree, path: str, language: str) -> Page:
    source = PageSource(PurePosixPath(path).name, path, language)
    data = tree.read(path)
    if data is None:
        return unreadable_page(source, cannot_be_read(os.strerror(errno.ENOENT)))
    return parse_page(source, data)


def _opened(tree: CommitTree, path: str) -> BinaryIO:
    return BytesIO(tree.read(path) or b"")
