"""Where the history of a handbook begins that others began: `history_since` in organization.yml."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from typing import Final, TypeAlias

from handbook.errors import HandbookError
from handbook.git.repository import Repository
from handbook.history.commit_dates import CommitDays

# The first day that counts, or the last commit that does not; None if all of the history counts.
Beginning: TypeAlias = date | str | None
_BEGUN_ANEW: Final = (
    "; if you began this repository with copies of the files, write the day on which you did instead"
)


def foreign_commits(repository: Repository, tip: str, days: Sequence[date], beginning: Beginning) -> int:
    """Return how many commits of a branch, of which `days` has the days, were made before its own history.

    Raises:
        HandbookError: if git does not know the commit that it begins after.

    """
    if isinstance(beginning, date):
        return bisect_left(days, beginning)
    require_beginning(repository, beginning)
    return len(days) - repository.commits_after(beginning, tip) if beginning else 0


def require_beginning(repository: Repository, beginning: Beginning) -> None:
    """Require that git knows the commit that the history begins after.

    Raises:
        HandbookError: if it does not, as in a repository that was begun anew with copies of the files.

    """
    if not isinstance(beginning, str):
        return
    try:
        repository.commit(beginning)
    except HandbookError as error:
        advice = "" if repository.is_shallow else _BEGUN_ANEW
        raise HandbookError(f"`history_since` in organization.yml: {error}{advice}") from None


def own_days(repository: Repository, tip: str, every: CommitDays, beginning: Beginning) -> CommitDays:
    """Return the days of the commits of a branch that are its own.

    Raises:
        HandbookError: if there are none, or git does not know the commit that it begins after.

    """
    first = foreign_commits(repository, tip, every.days, beginning)
    if first and first == len(every.days):
        begins = "on" if isinstance(beginning, date) else "after"
        raise HandbookError(
            f"the history here begins {begins} {beginning}, by history_since in organization.yml, and the"
            " main branch has no commit of its own yet; commit the handbook, and merge it there"
        )
    return CommitDays(every.days[first:], every.misdated)
