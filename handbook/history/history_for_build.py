"""The history of pages as far as a build knows it, or why it knows none."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from handbook.errors import HandbookError
from handbook.git.repository import NoRepositoryError, Repository
from handbook.git.source_repository import SourceRepository, Unavailable
from handbook.history.changes import Change, History, Uncommitted
from handbook.history.page_history import HistoryQuery, read_history, redline_of
from handbook.history.uncommitted import with_uncommitted
from handbook.registers.organization import Organization
from handbook.registers.owners import Owners
from handbook.text.redline import Piece

_NOTHING: Final = History({}, ())


@dataclass(frozen=True, slots=True)
class HistoryForBuild:
    """The history up to the revision that is built, and by path the pages on disk that differ from it.

    It is empty if `unavailable` says why.
    """

    root: Path
    history: History = _NOTHING
    pending: Mapping[str, Uncommitted] = field(default_factory=dict)
    unavailable: Unavailable | None = None

    def changes_of(self, path: str) -> Sequence[Change]:
        """Return the changes of a page, newest first; none if it is not committed."""
        page = self.history.pages.get(path)
        return page.changes if page else ()

    def pending_of(self, path: str) -> Uncommitted | None:
        """Return how a page differs from its last commit, or None. A page unknown to git is new."""
        if self.unavailable or path in self.pending or path in self.history.pages:
            return self.pending.get(path)
        return Uncommitted(path, "new", "not committed yet")

    @contextmanager
    def redlines(self) -> Iterator[Callable[[Change], Sequence[Piece]]]:
        """Provide a function that compares the texts before and after a change."""
        with Repository(self.root) as repository:
            yield partial(redline_of, repository)


def history_for_build(
    source: SourceRepository, organization: Organization, owners: Owners, paths: Collection[str]
) -> HistoryForBuild:
    """Read the history of these pages, up to the revision of `source`.

    Raises:
        HandbookError: if git cannot read it, or `.git-blame-ignore-revs` is not a list of commits.

    """
    try:
        repository = Repository(source.root)
    except NoRepositoryError:
        return HistoryForBuild(source.root, unavailable=Unavailable.NO_HISTORY)
    except HandbookError:
        return HistoryForBuild(source.root, unavailable=Unavailable.UNREADABLE)
    with repository:
        if repository.is_shallow:
            return HistoryForBuild(source.root, unavailable=Unavailable.CUT_OFF)
        if repository.is_empty:
            return HistoryForBuild(source.root)
        is_page = frozenset(paths).__contains__
        query = HistoryQuery.of(organization, owners, is_page, organization.today())
        history = read_history(repository, source.revision, query)
        if source.is_checkout:
            return HistoryForBuild(source.root, history)
        return _with_pending(history, repository, is_page)


def with_saved_pages(
    known: HistoryForBuild, source: SourceRepository, paths: Collection[str]
) -> HistoryForBuild:
    """Compare the pages on disk with the last commit again. What is known of the commits stays.

    Raises:
        HandbookError: if git cannot compare them.

    """
    if known.unavailable or source.is_checkout:
        return known
    with Repository(source.root) as repository:
        if repository.is_empty:
            return known
        return _with_pending(known.history, repository, frozenset(paths).__contains__)


def _with_pending(
    history: History, repository: Repository, is_page: Callable[[str], bool]
) -> HistoryForBuild:
    history = with_uncommitted(history, repository, "HEAD", is_page)
    return HistoryForBuild(repository.root, history, {page.path: page for page in history.pending})
