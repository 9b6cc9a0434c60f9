"""Reads compliance over the last months from the history that a build knows."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from handbook.compliance.compliance_for_build import ComplianceForBuild
from handbook.compliance.page_versions import days_of_branch, page_versions
from handbook.compliance.tally import Tally, month_ends, tally
from handbook.errors import HandbookError
from handbook.git.repository import NoRepositoryError, Repository
from handbook.git.source_repository import SourceRepository, Unavailable
from handbook.history.beginning import Beginning
from handbook.model import ExpressionsOf

MOST_MONTHS: Final = 24


def read_compliance(
    source: SourceRepository,
    zone: str,
    today: date,
    expressions_of: ExpressionsOf,
    since: Beginning = None,
) -> ComplianceForBuild:
    """Return how the pages of a handbook stood at month ends, up to `today`.

    Days before `since` or the first page are left out, and so are all but the last 24.
    """
    try:
        repository = Repository(source.root)
    except NoRepositoryError:
        return ComplianceForBuild(unavailable=Unavailable.NO_HISTORY)
    except HandbookError:
        return ComplianceForBuild(unavailable=Unavailable.UNREADABLE)
    with repository:
        return _read(repository, source.revision, zone, today, expressions_of, since)


def _read(
    repository: Repository,
    revision: str,
    zone: str,
    today: date,
    expressions_of: ExpressionsOf,
    since: Beginning,
) -> ComplianceForBuild:
    if repository.is_empty:
        return ComplianceForBuild(unavailable=Unavailable.NO_HISTORY)
    if repository.is_shallow:
        return ComplianceForBuild(unavailable=Unavailable.CUT_OFF)
    try:
        commit = repository.commit(revision)
        tallies = _tallies(repository.root, commit, zone, today, expressions_of, since)
    except HandbookError:
        return ComplianceForBuild(unavailable=Unavailable.UNREADABLE)
    return ComplianceForBuild(tallies) if tallies else ComplianceForBuild(unavailable=Unavailable.NO_HISTORY)


@lru_cache(maxsize=4)
def _tallies(
    root: Path, commit: str, zone: str, today: date, expressions_of: ExpressionsOf, since: Beginning
) -> Sequence[Tally]:
    """Count the pages once for all languages of a build, and once for a commit while the site is served."""
    with Repository(root) as repository:
        first_day = days_of_branch(repository, commit, zone, today, since).days[0]
        days = month_ends(first_day, today)[-MOST_MONTHS:]
        versions = page_versions(repository, commit, zone, today, days, expressions_of=expressions_of)
        tallies = tally(versions, days)
    first = next((number for number, tallied in enumerate(tallies) if tallied.pages), len(tallies))
    return tallies[first:]
