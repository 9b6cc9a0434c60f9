"""Reads which text each page had in which days, in one pass over the history of a branch."""

import datetime
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

import yaml

from handbook.clock import day_of_commit
from handbook.compliance.tally import Version
from handbook.content.mkdocs_settings import Settings, parse_settings
from handbook.content.pages import PageSource, parse_page
from handbook.due_dates import ReviewSchedule
from handbook.errors import HandbookError
from handbook.git.objects import LINK, CommitTree
from handbook.git.repository import Commit, Repository, TreeChange

# The blob of a link that leads nowhere: a page that cannot be read.
NOWHERE: Final = ""
# The blob of a text, the first day on which it was in force, and the day after the last.
_Text: TypeAlias = tuple[str, datetime.date, datetime.date]
_CONFIGURATION: Final = ("mkdocs.yml", "organization.yml")


@dataclass
class _PastFiles:
    """The handbook at one point of its history: its files, which of them are pages, and since which day."""

    files: dict[str, tuple[str, str]] = field(default_factory=dict)
    settings: Settings = field(default_factory=lambda: parse_settings(b"{}"))
    languages: tuple[str, ...] = ("en",)
    pages: dict[str, tuple[str, datetime.date]] = field(default_factory=dict)
    links: set[str] = field(default_factory=set)


def page_versions(
    repository: Repository, branch: str, zone: str, days: Sequence[datetime.date] | None = None
) -> Iterator[Version]:
    """Yield every text that a published page had, with the days on which it was in force.

    The day of a commit is never later than that of the commits after it, even if a clock said so. With
    sorted `days`, only the texts that were in force on one of them are read.
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
    """Return the earliest day of a commit on a branch."""
    return min(_day_of(commit, zone) for commit in repository.first_parents(branch))


def _days_in_force(tree_changes: list[TreeChange], zone: str) -> list[datetime.date]:
    """Return the first day on which each commit is in force; these days never run backward."""
    days, latest = [], datetime.date.max
    for tree_change in reversed(tree_changes):
        latest = min(latest, _day_of(tree_change.commit, zone))
        days.append(latest)
    return days[::-1]


def _day_of(commit: Commit, zone: str) -> datetime.date:
    return day_of_commit(commit.name, commit.seconds, ZoneInfo(zone))


def _take(state: _PastFiles, tree_change: TreeChange, repository: Repository) -> set[str]:
    """Apply a commit to the files; return the paths whose page may have changed."""
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
    """Read which files are published; return whether that changed."""
    tree = repository.past(state.files)
    languages = _languages(tree) or state.languages
    try:
        settings = parse_settings(tree.read("mkdocs.yml") or b"{}")
    except HandbookError:
        settings = state.settings  # MkDocs cannot publish with this file: the settings before it hold.
    same = (settings.folder, settings.patterns, languages) == (
        state.settings.folder,
        state.settings.patterns,
        state.languages,
    )
    if not same:
        state.settings, state.languages = settings, languages
    return not same


def _languages(tree: CommitTree) -> tuple[str, ...]:
    """Return the languages of a past organization.yml, whatever else it had then."""
    try:
        organization = yaml.load(tree.read("organization.yml") or b"{}", yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError):
        return ()
    languages = organization.get("languages") if isinstance(organization, dict) else None
    return tuple(map(str, languages)) if isinstance(languages, list) else ()


def _follow(state: _PastFiles, path: str, day: datetime.date, repository: Repository) -> Iterator[_Text]:
    """Note that a page appeared, changed, or disappeared on a day; yield the text that this ended."""
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
    """Return a function that reads the review schedule in a blob, each blob once."""
    known: dict[str, ReviewSchedule | None] = {}

    def schedule_of(name: str) -> ReviewSchedule | None:
        if name not in known and name != NOWHERE:
            known[name] = parse_page(PageSource("", "", ""), repository.read(name)).schedule
        return known.get(name)

    return schedule_of
