"""What this copy of a handbook knows of the history of its pages, or why it knows nothing."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from handbook.errors import HandbookError
from handbook.git.repository import Repository
from handbook.git.source_repository import Unavailable, source_repository
from handbook.history.changes import Change, History, Uncommitted
from handbook.history.page_history import read_history, redline_of
from handbook.history.uncommitted import with_uncommitted
from handbook.registers.organization import Organization
from handbook.registers.owners import Owners
from handbook.text.redline import Piece

_NOTHING: Final = History({}, ())


@dataclass(frozen=True, slots=True)
class HistoryForBuild:
    """The history that leads to the commit at hand, and by path what on disk differs from it.

    Nothing is in it where `unavailable` says why.
    """

    root: Path
    history: History = _NOTHING
    pending: Mapping[str, Uncommitted] = field(default_factory=dict)
    unavailable: Unavailable | None = None

    def changes_of(self, path: str) -> Sequence[Change]:
        """Return the changes of a page, newest first; none where it is not committed."""
        page = self.history.pages.get(path)
        return page.changes if page else ()

    def pending_of(self, path: str) -> Uncommitted | None:
        """Return what is not committed of a page. A page that git does not know at all is new."""
        if self.unavailable or path in self.pending or path in self.history.pages:
            return self.pending.get(path)
        return Uncommitted(path, "new", "not committed yet")

    @contextmanager
    def redlines(self) -> Iterator[Callable[[Change], Sequence[Piece]]]:
        """Give what compares the texts before and after a change."""
        with Repository(self.root) as repository:
            yield partial(redline_of, repository)


def history_for_build(
    root: Path, organization: Organization, owners: Owners, paths: Collection[str]
) -> HistoryForBuild:
    """Read the history of these pages from the commit at hand, which is that of a checkout where it is one.

    Raises:
        HandbookError: when git is there and cannot read it, or `.git-blame-ignore-revs` is no list.

    """
    origin = source_repository(root)
    try:
        repository = Repository(origin.root)
    except HandbookError:
        return HistoryForBuild(root, unavailable=Unavailable.NO_HISTORY)
    with repository:
        if repository.is_shallow:
            return HistoryForBuild(origin.root, unavailable=Unavailable.CUT_OFF)
        if repository.is_empty:
            return HistoryForBuild(origin.root)
        zone, names = organization.time_zone, organization.history_names
        is_page = frozenset(paths).__contains__
        found = read_history(repository, origin.revision, zone, names, is_page, owners.roles_of)
        if origin.is_checkout:
            return HistoryForBuild(origin.root, found)
        whole = with_uncommitted(found, repository, "HEAD", is_page)
        return HistoryForBuild(origin.root, whole, {one.path: one for one in whole.pending})
