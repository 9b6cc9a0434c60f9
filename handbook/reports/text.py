"""`text`: one line a finding, for people and editors, and the sentence at the end."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from handbook.findings import Finding, Severity
from handbook.reports.escaping import one_line
from handbook.reports.report import Report

_NOUN: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def as_text(report: Report) -> str:
    """One line a finding: `path:line:column: severity CODE message`."""
    return "".join(
        f"{one_line(one.path)}:{one.line}:{one.column}: {one.severity} {one.code} {one_line(one.message)}\n"
        for one in report.findings
    )


def summary(findings: Sequence[Finding], pages: int, waived: int = 0) -> str:
    """Say in one sentence how the check went."""
    counts = Counter(one.severity for one in findings)
    found = [_counted(counts[one.value], _NOUN[one]) for one in Severity if counts[one.value]]
    excused = [f"{_counted(waived, 'finding')} waived"] if waived else []
    return f"{_counted(pages, 'page')} checked; {', '.join([*(found or ['nothing found']), *excused])}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
