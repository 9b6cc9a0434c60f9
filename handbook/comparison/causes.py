"""Which changes of files made a page other for readers, and whether they were substantive.

A page answers for its own file. Where words changed that did not change there, the registers and variables
whose words changed alike did it; where none did, whatever else makes pages.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from handbook.comparison.change_record import Cause, ChangedPage, ChangeReport
from handbook.git.commit_messages import combined_significance
from handbook.git.repository import Repository
from handbook.history.changes import Change, History
from handbook.history.page_history import texts_of
from handbook.text.redline import Mark, Piece, redline

_WORD: Final = re.compile(r"\w+")
_DATA: Final = ("organization.yml", "registers/")
# What reviewers and commands write, and no page for readers shows.
_RECORDS: Final = ("registers/reviews/", "registers/editorial_changes.yml", "registers/links.yml")
_MACHINERY: Final = ("handbook/", "macros/", "mkdocs.yml", "overrides/")
# A page that only the code reached would name every change of the code.
_MOST_CAUSES: Final = 20
_CHANGED: Final = (Mark.INSERTED, Mark.DELETED)


@dataclass(frozen=True)
class CauseCandidate:
    """A change of one file, and how its text was and is; both are read when they are needed."""

    cause: Cause
    texts: Callable[[], tuple[str, str]]

    @cached_property
    def words(self) -> frozenset[str]:
        """Return the words that it inserted or deleted."""
        return _words(redline(*self.texts()))


def cause_candidates(
    history: History, repository: Repository, commits: Collection[str]
) -> list[CauseCandidate]:
    """Return what these commits did to files, newest first."""
    return [
        CauseCandidate(_cause(change), lambda change=change: texts_of(repository, change))  # type: ignore[misc]
        for change in history.all_changes()
        if change.commit in commits
    ]


def commits_between(repository: Repository, before: str, after: str) -> frozenset[str]:
    """Return the commits that led to `after`, and not to `before`.

    Raises:
        HandbookError: when the repository has not got them.

    """
    return frozenset(repository.ask("rev-list", after, f"^{repository.commit(before)}").split())


def uncommitted(path: str, before: bytes, after: bytes) -> CauseCandidate:
    """Return what was changed and is in no commit yet."""
    cause = Cause(path=path, commit=None, day=None, reason=None, pull_request=None, significance=None)
    return CauseCandidate(
        cause, lambda: (before.decode("utf-8", "replace"), after.decode("utf-8", "replace"))
    )


def with_causes(found: ChangeReport, changes: Iterable[CauseCandidate]) -> ChangeReport:
    """Say of each page what made it other."""
    sorted_changes = _sorted(changes)
    return found.model_copy(
        update={"pages": tuple(_with_causes(page, sorted_changes) for page in found.pages)}
    )


@dataclass(frozen=True, slots=True)
class _SortedCandidates:
    """Changes by what they may do: to the page of a path, by the words of data, or to any page."""

    own: Mapping[str, Sequence[CauseCandidate]]
    data: Sequence[CauseCandidate]
    reaching: Sequence[CauseCandidate]


def _sorted(changes: Iterable[CauseCandidate]) -> _SortedCandidates:
    own: dict[str, list[CauseCandidate]] = {}
    for change in changes:
        own.setdefault(change.cause.path, []).append(change)
    every = [change for path in own for change in own[path] if _may_reach(path)]
    return _SortedCandidates(own, [change for change in every if _is_data(change.cause.path)], every)


def _with_causes(page: ChangedPage, changes: _SortedCandidates) -> ChangedPage:
    causes = [change.cause for change in _causes(page, changes)]
    significance = combined_significance(cause.significance for cause in causes)
    return page.model_copy(update={"causes": tuple(causes[:_MOST_CAUSES]), "significance": significance})


def _causes(page: ChangedPage, changes: _SortedCandidates) -> Iterator[CauseCandidate]:
    paths = dict.fromkeys(path for path in (page.path, page.path_before) if path)
    own = [change for path in paths for change in changes.own.get(path, ())]
    yield from own
    if page.kind in ("new", "gone"):
        return
    left = _words(page.pieces).difference(*(change.words for change in own))
    data = [change for change in changes.data if change.words & left]
    if data or own:
        yield from data
    else:
        yield from changes.reaching


def _is_data(path: str) -> bool:
    return path.startswith(_DATA) and not path.startswith(_RECORDS)


def _may_reach(path: str) -> bool:
    return path.startswith(_MACHINERY) or _is_data(path)


def _words(pieces: Iterable[Piece]) -> frozenset[str]:
    changed = (piece.text for piece in pieces if piece.mark in _CHANGED)
    return frozenset(word for text in changed for word in _WORD.findall(text.casefold()))


def _cause(change: Change) -> Cause:
    return Cause(
        path=change.path,
        commit=change.commit,
        day=change.day.isoformat(),
        reason=change.reason or None,
        pull_request=change.pull_request,
        significance=change.significance,
    )
