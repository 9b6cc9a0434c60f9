"""How often the page of a due day changed, and when last, so that calendar programs take the newest event."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from handbook.git.listings import Commit
from handbook.git.repository import Repository
from handbook.git.source_repository import SourceRepository
from handbook.history.history_for_build import HistoryForBuild
from handbook.reviews.calendar import Revision

# No calendar program expects later changes, whatever a commit says: 2100-01-01, in seconds since 1970.
_LATEST: Final = 4_102_444_800


def event_revisions(history: HistoryForBuild, source: SourceRepository) -> Mapping[str, Revision]:
    """Return the revision of each page, by path; none if the history is not known.

    Its number is the position on the main branch of the commit that last changed the page.
    """
    if history.unavailable or not history.history.pages:
        return {}
    with Repository(history.root) as repository:
        moments = dict(_moments(repository.first_parents(source.revision)))
    last_changes = {path: page.changes[0] for path, page in history.history.pages.items() if page.changes}
    return {
        path: Revision(change.position, moments[change.commit])
        for path, change in last_changes.items()
        if change.commit in moments
    }


def _moments(newest_first: Sequence[Commit]) -> Iterator[tuple[str, datetime.datetime]]:
    """Yield when each commit came, never earlier than the one before it, even if a clock said so."""
    latest = 0
    for commit in reversed(newest_first):
        latest = min(max(latest, commit.seconds), _LATEST)
        yield commit.name, datetime.datetime.fromtimestamp(latest, datetime.UTC)
