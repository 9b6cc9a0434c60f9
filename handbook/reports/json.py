"""`json`: one object, for programs."""

from collections.abc import Sequence
from dataclasses import asdict

from handbook.findings import Finding
from handbook.reports.escaping import as_document


def as_json(findings: Sequence[Finding]) -> str:
    """One object, whose `findings` are records of path, line, column, code, severity and message."""
    return as_document({"findings": [asdict(one) for one in findings]})
