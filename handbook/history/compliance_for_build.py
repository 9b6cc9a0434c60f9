"""Compliance over time as far as a build knows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from handbook.git.source_repository import Unavailable
from handbook.history.compliance import Tally


@dataclass(frozen=True, slots=True)
class ComplianceForBuild:
    """How the pages stood at the end of each month, oldest first, and today; or why that is unknown."""

    tallies: Sequence[Tally] = ()
    unavailable: Unavailable | None = None
