"""`json`: one object, for programs."""

from dataclasses import asdict

from handbook.reports.escaping import as_document
from handbook.reports.report import Report


def as_json(report: Report) -> str:
    """One object, whose `findings` are records of path, line, column, code, severity and message."""
    return as_document({"findings": [asdict(one) for one in report.findings]})
