"""What this copy of a handbook knows of the history of its pages, or why it knows nothing."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from handbook.errors import HandbookError
from handbook.git.repository import Repository
from handbook.git.source_repository import Gap, origin_of
from handbook.history.changes import Change, History, Pending
from handbook.history.page_history import read_history, redline_of
from handbook.history.uncommitted import with_drafts
from handbook.registers.organization import Organization
from handbook.registers.owners import Owners
from handbook.text.redline import Piece

_NOTHING: Final = History({}, ())


@dataclass(frozen=True, slots=True)
class KnownHistory:
    """The history that leads to the commit at hand, and by path what on disk differs from it.

    Nothing is in it where `gap` says why.
    """

    root: Path
    history: History = _NOTHING
    pending: Mapping[str, Pending] = field(default_factory=dict)
    gap: Gap | None = None

    def changes_of(self, path: str) -> Sequence[Change]:
        """Return the changes of a page, newest first; none where it is not committed."""
        page = self.history.pages.get(path)
        return page.changes if page else ()

    def pending_of(self, path: str) -> Pending | None:
        """Return what is not committed of a page. A page that git does not know at all is new."""
        if self.gap or path in self.pending or path in self.history.pages:
            return self.pending.get(path)
        return Pending(path, "new", "not committed yet")

    @contextmanager
    def redlines(self) -> Iterator[Callable[[Change], Sequence[Piece]]]:
        """Give what compares the texts before and after a change."""
        with Repository(self.root) as repository:
            yield partial(redline_of, repository)


def known_history(
    root: Path, organization: Organization, owners: Owners, paths: Collection[str]
) -> KnownHistory:
    """Read the history of these pages from the commit at hand, which is that of a checkout where it is one.

    Raises:
        HandbookError: when git is there and cannot read it, or `.git-blame-ignore-revs` is no list.

    """
    origin = origin_of(root)
    try:
        repository = Repository(origin.root)
    except HandbookError:
        return KnownHistory(root, gap=Gap.NO_HISTORY)
    with repository:
        if repository.is_shallow:
            return KnownHistory(origin.root, gap=Gap.CUT_OFF)
        if repository.is_empty:
            return KnownHistory(origin.root)
        zone, names = organization.time_zone, organization.history_names
        is_page = frozenset(paths).__contains__
        found = read_history(repository, origin.revision, zone, names, is_page, owners.roles_of)
        if origin.is_checkout:
            return KnownHistory(origin.root, found)
        whole = with_drafts(found, repository, "HEAD", is_page)
        return KnownHistory(origin.root, whole, {one.path: one for one in whole.pending})
