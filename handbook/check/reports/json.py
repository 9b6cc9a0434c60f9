"""`json`: one object, for programs."""

from dataclasses import asdict

from handbook.check.reports.report import Report
from handbook.text.json_text import as_document


def as_json(report: Report) -> str:
    """Return an object whose `findings` are records of path, line, column, code, severity and message."""
    return as_document({"findings": [asdict(finding) for finding in report.findings]})
