"""What every format is given."""

from collections.abc import Sequence
from dataclasses import dataclass

from handbook.findings import Finding


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, and where people read the handbook; None where its address is unknown."""

    findings: Sequence[Finding]
    address: str | None = None
