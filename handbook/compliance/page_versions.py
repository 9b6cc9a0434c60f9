"""Reads which text each page had on which days, and what the records of those days said about it.

It takes one pass over the history of a branch.
"""

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise
from typing import Final, TypeAlias

import yaml

from handbook.compliance.tally import Version
from handbook.content.fingerprints import body_fingerprint
from handbook.content.languages import UNMARKED, base_of, language_of, main_path
from handbook.content.mkdocs_settings import Settings, parse_settings
from handbook.content.pages import Page, PageSource, parse_page
from handbook.errors import HandbookError
from handbook.git.listings import TreeChange
from handbook.git.objects import LINK, CommitTree
from handbook.git.repository import Repository
from handbook.history.beginning import Beginning, own_days
from handbook.history.commit_dates import CommitDays, commit_days
from handbook.model import ExpressionsOf, Handbook
from handbook.registers.all_registers import read_registers
from handbook.registers.last_review import UNKNOWN_REVIEW, LastReview, is_known_text, last_review
from handbook.registers.organization import FILE as ORGANIZATION_FILE
from handbook.registers.review_index import Reviews, load_reviews
from handbook.registers.review_records import RECORD_PATHS

# The blob of a link that leads nowhere: a page that cannot be read.
NOWHERE: Final = ""
_REGISTERS: Final = ("registers/", "sample/registers/")
# The path and the blob of a text, the first day on which it was in force, and the day after the last.
_Text: TypeAlias = tuple[str, str, datetime.date, datetime.date]
_Files: TypeAlias = Mapping[str, tuple[str, str]]
_CONFIGURATION: Final = ("mkdocs.yml", ORGANIZATION_FILE)


@dataclass
class _PastFiles:
    """The handbook at one point of its history: its files, which of them are pages, and since which day."""

    files: dict[str, tuple[str, str]] = field(default_factory=dict)
    settings: Settings = field(default_factory=lambda: parse_settings(b"{}"))
    languages: tuple[str, ...] = ("en",)
    pages: dict[str, tuple[str, datetime.date]] = field(default_factory=dict)
    links: set[str] = field(default_factory=set)
    asked: Sequence[datetime.date] | None = None
    records: dict[datetime.date, _Files] = field(default_factory=dict)

    def note_records(self, day: datetime.date) -> None:
        """Note the files that are records from a day on, instead of those that counted on no asked day."""
        before = next(reversed(self.records), None)
        if (
            before
            and self.asked is not None
            and bisect_left(self.asked, before) == bisect_left(self.asked, day)
        ):
            del self.records[before]
        self.records[day] = {path: entry for path, entry in self.files.items() if _decides_records(path)}


def page_versions(
    repository: Repository,
    branch: str,
    zone: str,
    today: datetime.date,
    days: Sequence[datetime.date] | None,
    *,
    expressions_of: ExpressionsOf,
) -> Iterator[Version]:
    """Yield every text that a published page had, with the days on which it was in force.

    A commit counts on the day that `commit_days` says. If there are `days`, which are sorted, only the texts
    that were in force on one of them are read. `expressions_of` tells what pages could say, by the code of
    today: a fingerprint covers what their macros showed of the registers of that time.
    """
    state = _PastFiles(asked=days)
    texts = list(_texts(state, repository, branch, zone, today))
    text_of, records = _readable_texts(repository), _PastRecords(repository, state.records, expressions_of)
    for path, blob, first, after in texts:
        for begin, end, number in records.periods(first, after):
            if days is None or bisect_left(days, begin) < bisect_left(days, end):
                yield Version(begin, end, records.review_of(number, path, text_of(blob)))


def _texts(
    state: _PastFiles, repository: Repository, branch: str, zone: str, today: datetime.date
) -> Iterator[_Text]:
    tree_changes = list(repository.tree_changes(branch))
    days = commit_days(repository, [tree_change.commit for tree_change in tree_changes], zone, today).days
    for tree_change, day in zip(tree_changes, days, strict=True):
        for path in sorted(_take(state, tree_change, repository)):
            yield from _follow(state, path, day, repository)
        if any(map(_decides_records, tree_change.files)):
            state.note_records(day)
    for path, (blob, begin) in state.pages.items():
        yield path, blob, begin, datetime.date.max


def _decides_records(path: str) -> bool:
    """Tell whether a file is a record, says which records count, or is shown by pages that they are about."""
    return path == ORGANIZATION_FILE or path.startswith(_REGISTERS)


class _PastRecords:
    """The registers in each period of a history, counted from 1; 0 is the time before the first."""

    def __init__(
        self, repository: Repository, states: Mapping[datetime.date, _Files], expressions_of: ExpressionsOf
    ) -> None:
        self._repository = repository
        self._expressions_of = expressions_of
        self._handbooks: dict[frozenset[tuple[str, str]], Handbook | None] = {}
        self._days = list(states)
        self._files: list[_Files] = [{}, *states.values()]
        self._known: dict[int, Reviews | None] = {}

    def periods(
        self, first: datetime.date, after: datetime.date
    ) -> Iterator[tuple[datetime.date, datetime.date, int]]:
        """Yield the parts of a period in which the records stayed the same, with their number."""
        number = bisect_right(self._days, first)
        cuts = [first, *self._days[number : bisect_left(self._days, after)], after]
        yield from ((*part, number + place) for place, part in enumerate(pairwise(cuts)))

    def review_of(self, number: int, path: str, text: tuple[Page, str] | None) -> LastReview:
        """Return what the records of a period say about a page, and its fingerprint, at a path."""
        if text is None:
            return LastReview()
        reviews = self._reviews(number)
        page, mark = text
        if reviews is None:
            return UNKNOWN_REVIEW
        page = replace(page, path=path)
        return last_review(page, partial(self._has_text, number, page, mark), reviews)

    def _has_text(self, number: int, page: Page, mark: str, fingerprints: Collection[str]) -> bool | None:
        """Tell whether a page had one of some texts in a period; None if nobody can tell any more."""
        known = is_known_text(mark, fingerprints)
        handbook = self._handbook(number) if known is None else None
        if handbook is None:
            return known
        languages = handbook.registers.organization.languages
        language = language_of(page.path.partition("/")[2], languages)
        return handbook.has_text(replace(page, language=language or languages[0]), fingerprints)

    def _handbook(self, number: int) -> Handbook | None:
        """Return a handbook with the registers of a period, or None if they cannot be read."""
        files = self._files[number]
        shown = {path: entry for path, entry in files.items() if not path.startswith(RECORD_PATHS)}
        key = frozenset((path, blob) for path, (_, blob) in shown.items())
        if key not in self._handbooks:
            self._handbooks[key] = self._read_handbook(shown)
        return self._handbooks[key]

    def _read_handbook(self, files: _Files) -> Handbook | None:
        try:
            registers = read_registers(self._repository.past(files))
            return Handbook(registers, self._expressions_of(registers), datetime.date.max)
        except HandbookError:
            return None

    def _reviews(self, number: int) -> Reviews | None:
        """Return the records of a period, or None if one of them cannot be read."""
        if number not in self._known:
            self._known[number] = _readable_reviews(self._repository.past(self._files[number]))
        return self._known[number]


def _readable_reviews(tree: CommitTree) -> Reviews | None:
    try:
        reviews = load_reviews(tree)
        return Reviews(list(reviews.files), reviews.editorial)
    except HandbookError:
        return None


def days_of_branch(
    repository: Repository, branch: str, zone: str, today: datetime.date, since: Beginning
) -> CommitDays:
    """Return on which day each commit of a branch counts, oldest first, from its own history on.

    Raises:
        HandbookError: if no commit is its own.

    """
    commits = repository.first_parents(branch)[::-1]
    return own_days(repository, commits[-1].name, commit_days(repository, commits, zone, today), since)


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
    replaced = (
        {main_path(path, state.languages) for path in touched} if UNMARKED not in state.languages else ()
    )
    return touched.union(neighbors, replaced, state.links)


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
        organization = yaml.load(tree.read(ORGANIZATION_FILE) or b"{}", yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError):
        return ()
    languages = organization.get("languages") if isinstance(organization, dict) else None
    return tuple(base_of(str(name)) for name in languages) if isinstance(languages, list) else ()


def _follow(state: _PastFiles, path: str, day: datetime.date, repository: Repository) -> Iterator[_Text]:
    """Note that a page appeared, changed, or disappeared on a day; yield the text that this ended."""
    now = (repository.past(state.files).resolve(path) or NOWHERE) if _is_page(state, path) else None
    before = state.pages.get(path)
    if before and before[0] != now:
        del state.pages[path]
        yield path, *before, day
    if now is not None and (before is None or before[0] != now):
        state.pages[path] = (now, day)


def _is_page(state: _PastFiles, path: str) -> bool:
    return path in state.files and state.settings.is_page(path, state.languages, state.files)


def _readable_texts(repository: Repository) -> Callable[[str], tuple[Page, str] | None]:
    """Return a function that reads the page in a blob and its fingerprint, each blob once.

    A link that leads nowhere has no page.
    """
    known: dict[str, tuple[Page, str]] = {}

    def text_of(blob: str) -> tuple[Page, str] | None:
        if blob not in known and blob != NOWHERE:
            page = parse_page(PageSource("", "", ""), repository.read(blob))
            known[blob] = page, body_fingerprint(page.body)
        return known.get(blob)

    return text_of
