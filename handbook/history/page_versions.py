"""Reads which text each page had from when to when, in one pass over the history of a branch."""

import datetime
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

import yaml

from handbook.clock import day_of_commit
from handbook.content.mkdocs_settings import Settings, parse_settings
from handbook.content.pages import PageSource, parse_page
from handbook.due_dates import ReviewSchedule
from handbook.errors import HandbookError
from handbook.git.objects import LINK, CommitTree
from handbook.git.repository import Commit, Repository, TreeChange
from handbook.history.compliance import Version

# Stands for the object of a link that leads nowhere: a page that cannot be read.
NOWHERE: Final = ""
# The object of a text, the first day on which it was in force, and the day after the last.
_Text: TypeAlias = tuple[str, datetime.date, datetime.date]
_CONFIGURATION: Final = ("mkdocs.yml", "organization.yml")


@dataclass
class _PastFiles:
    """The handbook while its history is read: its files, which of them are pages, and since when."""

    files: dict[str, tuple[str, str]] = field(default_factory=dict)
    settings: Settings = field(default_factory=lambda: parse_settings(b"{}"))
    languages: tuple[str, ...] = ("en",)
    pages: dict[str, tuple[str, datetime.date]] = field(default_factory=dict)
    links: set[str] = field(default_factory=set)


def page_versions(
    repository: Repository, branch: str, zone: str, days: Sequence[datetime.date] | None = None
) -> Iterator[Version]:
    """Yield every text that a published page had, with the days it was in force.

    A commit counts from the day on which it is the last of its branch: what a clock said later in the
    history was there before. With `days`, in their order, only the texts in force on one of them are read.
    """
    schedule_of = _schedules(repository)
    for text, begin, end in _texts(repository, branch, zone):
        if days is None or bisect_left(days, begin) < bisect_left(days, end):
            yield Version(begin, end, schedule_of(text))


def _texts(repository: Repository, branch: str, zone: str) -> Iterator[_Text]:
    tree_changes, state = list(repository.tree_changes(branch)), _PastFiles()
    for tree_change, day in zip(tree_changes, _days_in_force(tree_changes, zone), strict=True):
        for path in sorted(_take(state, tree_change, repository)):
            yield from _follow(state, path, day, repository)
    for text, begin in state.pages.values():
        yield text, begin, datetime.date.max


def first_day(repository: Repository, branch: str, zone: str) -> datetime.date:
    """Return the first day of a branch, as its first commit says; what came later came not before it."""
    return min(_day_of(commit, zone) for commit in repository.first_parents(branch))


def page_test(root: Path, languages: Sequence[str]) -> Callable[[str], bool]:
    """Return what tells whether MkDocs would publish a path as a page, by the mkdocs.yml on disk.

    Raises:
        HandbookError: when that file cannot be used.

    """
    file = root / "mkdocs.yml"
    settings = parse_settings(file.read_bytes() if file.is_file() else b"{}")

    return partial(settings.is_page, languages=languages)


def _days_in_force(tree_changes: list[TreeChange], zone: str) -> list[datetime.date]:
    """Return the first day on which each commit counts, which never runs backward."""
    days, latest = [], datetime.date.max
    for tree_change in reversed(tree_changes):
        latest = min(latest, _day_of(tree_change.commit, zone))
        days.append(latest)
    return days[::-1]


def _day_of(commit: Commit, zone: str) -> datetime.date:
    return day_of_commit(commit.name, commit.seconds, ZoneInfo(zone))


def _take(state: _PastFiles, tree_change: TreeChange, repository: Repository) -> set[str]:
    """Bring the files up to date; return the paths whose page may have changed."""
    for path, entry in tree_change.files.items():
        state.files.pop(path, None)
        state.links.discard(path)
        if entry:
            state.files[path] = entry
        if entry and entry[0] == LINK:
            state.links.add(path)
    touched = set(tree_change.files)
    if touched & set(_CONFIGURATION) and _configure(state, repository):
        return set(state.files) | set(state.pages)
    neighbors = {path.replace("index.md", "README.md") for path in touched if path.endswith("index.md")}
    return touched | neighbors | state.links


def _configure(state: _PastFiles, repository: Repository) -> bool:
    """Read what says which files are published; tell whether that changed."""
    tree = repository.past(state.files)
    languages = _languages(tree) or state.languages
    try:
        settings = parse_settings(tree.read("mkdocs.yml") or b"{}")
    except HandbookError:
        settings = state.settings  # What cannot be read publishes nothing: the settings before it hold.
    same = (settings.folder, settings.patterns, languages) == (
        state.settings.folder,
        state.settings.patterns,
        state.languages,
    )
    if not same:
        state.settings, state.languages = settings, languages
    return not same


def _languages(tree: CommitTree) -> tuple[str, ...]:
    """Return the languages of a past organization.yml, whatever else its form was then."""
    try:
        found = yaml.load(tree.read("organization.yml") or b"{}", yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError):
        return ()
    languages = found.get("languages") if isinstance(found, dict) else None
    return tuple(map(str, languages)) if isinstance(languages, list) else ()


def _follow(state: _PastFiles, path: str, day: datetime.date, repository: Repository) -> Iterator[_Text]:
    """Note that a page came, changed or went on a day; yield the text that this ended."""
    now = (repository.past(state.files).resolve(path) or NOWHERE) if _is_page(state, path) else None
    before = state.pages.get(path)
    if before and before[0] != now:
        del state.pages[path]
        yield *before, day
    if now is not None and (before is None or before[0] != now):
        state.pages[path] = (now, day)


def _is_page(state: _PastFiles, path: str) -> bool:
    return path in state.files and state.settings.is_page(path, state.languages, state.files)


def _schedules(repository: Repository) -> Callable[[str], ReviewSchedule | None]:
    """Return what reads the schedule in a blob, once each."""
    known: dict[str, ReviewSchedule | None] = {}

    def schedule_of(name: str) -> ReviewSchedule | None:
        if name not in known and name != NOWHERE:
            known[name] = parse_page(PageSource("", "", ""), repository.read(name)).schedule
        return known.get(name)

    return schedule_of
