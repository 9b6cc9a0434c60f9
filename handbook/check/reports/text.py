"""`text`: one line for each finding, for people and editors, and a summary sentence."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from handbook.check.reports.report import Report
from handbook.findings import Finding, Severity
from handbook.text.counting import counted
from handbook.text.quoting import one_line

# Takes a text and its kind (`path`, `code`, or a severity), and returns it as a terminal shows it.
Paint: TypeAlias = Callable[[str, str], str]

_NOUN: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def unpainted(text: str, part: str) -> str:
    """Return the text unchanged, for pipes and files."""
    return text


def as_text(report: Report, paint: Paint = unpainted) -> str:
    """Return one line for each finding: `path:line:column: severity CODE message`."""
    return "".join(_line(finding, paint) for finding in report.findings)


def _line(finding: Finding, paint: Paint) -> str:
    path, code = paint(one_line(finding.path), "path"), paint(finding.code, "code")
    severity = paint(finding.severity, finding.severity)
    return f"{path}:{finding.line}:{finding.column}: {severity} {code} {one_line(finding.message)}\n"


def summary(findings: Sequence[Finding], pages: int, waived: int = 0) -> str:
    """Return the outcome of a check in one sentence."""
    counts = Counter(finding.severity for finding in findings)
    parts = [counted(counts[level.value], _NOUN[level]) for level in Severity if counts[level.value]]
    excused = [f"{counted(waived, 'finding')} waived"] if waived else []
    return f"{counted(pages, 'page')} checked; {', '.join([*(parts or ['nothing found']), *excused])}"
