"""The input of every report format."""

from collections.abc import Sequence
from dataclasses import dataclass

from handbook.findings import Finding


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of a check, and the address of the published handbook, or None if it is unknown."""

    findings: Sequence[Finding]
    address: str | None = None
