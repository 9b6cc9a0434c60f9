"""Finds the changes of files that changed a page for its readers, and whether they were substantive.

Changes of the page's own file always count. Words that changed on the page but not in that file are put
down to the registers and variables in which the same words changed. If neither explains a changed page,
every change of data, code and templates counts.
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
from handbook.registers.evidence_folder import possible_paths
from handbook.registers.links import FILE as LINKS
from handbook.registers.review_records import RECORD_PATHS
from handbook.text.line_ends import as_read
from handbook.text.redline import Mark, Piece, redline

_WORD: Final = re.compile(r"\w+")
_DATA: Final = ("organization.yml", "registers/", "sample/registers/")
# Reviewers and commands write these files, and no page for readers shows them.
_RECORDS: Final = (*RECORD_PATHS, *possible_paths(LINKS))
_MACHINERY: Final = ("handbook/", "macros/", "mkdocs.yml", "overrides/")
# A page that only changes of the code can explain would name all of them.
_MOST_CAUSES: Final = 20
_CHANGED: Final = (Mark.INSERTED, Mark.DELETED)


@dataclass(frozen=True)
class CauseCandidate:
    """A change of one file, and its text before and after, which is read only when it is needed."""

    cause: Cause
    texts: Callable[[], tuple[str, str]]

    @cached_property
    def words(self) -> frozenset[str]:
        """Return the words that the change inserted or deleted, case-folded."""
        return _words(redline(*self.texts()))


def cause_candidates(
    history: History, repository: Repository, commits: Collection[str]
) -> list[CauseCandidate]:
    """Return the changes of files in these commits, newest first."""
    return [
        CauseCandidate(_cause(change), lambda change=change: texts_of(repository, change))  # type: ignore[misc]
        for change in history.all_changes()
        if change.commit in commits
    ]


def commits_between(repository: Repository, before: str, after: str) -> frozenset[str]:
    """Return the commits that are in the history of `after` but not of `before`.

    Raises:
        HandbookError: if the repository does not have them.

    """
    return frozenset(repository.ask("rev-list", after, f"^{repository.commit(before)}").split())


def uncommitted(path: str, before: bytes, after: bytes) -> CauseCandidate:
    """Return the change of a file that is not in a commit yet."""
    cause = Cause(path=path, commit=None, day=None, reason=None, pull_request=None, significance=None)
    return CauseCandidate(cause, lambda: (as_read(before), as_read(after)))


def with_causes(report: ChangeReport, changes: Iterable[CauseCandidate]) -> ChangeReport:
    """Attach to each changed page the changes of files that caused it."""
    sorted_changes = _sorted(changes)
    pages = tuple(_with_causes(page, sorted_changes) for page in report.pages)
    return report.model_copy(update={"pages": pages})


@dataclass(frozen=True, slots=True)
class _SortedCandidates:
    """Changes by what they can affect.

    `own` has the changes of each path, `data` those that can affect any page by their words, and `reaching`
    all that can affect any page.
    """

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
