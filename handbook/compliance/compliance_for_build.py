"""Compliance over time as far as a build knows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from handbook.compliance.tally import Tally
from handbook.git.source_repository import Unavailable


@dataclass(frozen=True, slots=True)
class ComplianceForBuild:
    """How the pages stood at the end of each month, oldest first, and today; or why that is unknown."""

    tallies: Sequence[Tally] = ()
    unavailable: Unavailable | None = None
