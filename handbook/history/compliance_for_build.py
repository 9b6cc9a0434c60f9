"""Compliance over the last months, as far as the copy that a site is built from knows its past."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from handbook.errors import HandbookError
from handbook.git.repository import Repository
from handbook.git.source_repository import Unavailable, source_repository
from handbook.history.compliance import Tally, month_ends, tally
from handbook.history.page_versions import first_day, page_versions

MOST_MONTHS: Final = 24


@dataclass(frozen=True, slots=True)
class ComplianceForBuild:
    """How the pages stood at the end of each month, the oldest first, and today; or why nobody knows."""

    tallies: Sequence[Tally] = ()
    unavailable: Unavailable | None = None


def compliance_for_build(
    root: Path | None, zone: str, today: date, environment: Mapping[str, str] = os.environ
) -> ComplianceForBuild:
    """Return how the pages of the handbook in `root` stood, up to `today`.

    A day counts where the handbook had a page by then. At most 24 days are returned.
    """
    if root is None:
        return ComplianceForBuild(unavailable=Unavailable.NO_HISTORY)
    origin = source_repository(root, environment)
    try:
        repository = Repository(origin.root)
    except HandbookError:
        return ComplianceForBuild(unavailable=Unavailable.NO_HISTORY)
    with repository:
        return _read(repository, origin.revision, zone, today)


def _read(repository: Repository, revision: str, zone: str, today: date) -> ComplianceForBuild:
    if repository.is_empty:
        return ComplianceForBuild(unavailable=Unavailable.NO_HISTORY)
    if repository.is_shallow:
        return ComplianceForBuild(unavailable=Unavailable.CUT_OFF)
    try:
        tallies = _tallies(repository.root, repository.commit(revision), zone, today)
    except HandbookError:
        return ComplianceForBuild(unavailable=Unavailable.UNREADABLE)
    return ComplianceForBuild(tallies) if tallies else ComplianceForBuild(unavailable=Unavailable.NO_HISTORY)


@lru_cache(maxsize=4)
def _tallies(root: Path, commit: str, zone: str, today: date) -> Sequence[Tally]:
    """Count the pages, once for all languages of a build and while the site is served."""
    with Repository(root) as repository:
        days = month_ends(first_day(repository, commit, zone), today)[-MOST_MONTHS:]
        found = tally(page_versions(repository, commit, zone, days), days)
    begun = next((number for number, one in enumerate(found) if one.pages), len(found))
    return found[begun:]
