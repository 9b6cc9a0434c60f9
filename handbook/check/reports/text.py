"""`text`: one line a finding, for people and editors, and the sentence at the end."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from handbook.check.reports.report import Report
from handbook.findings import Finding, Severity
from handbook.text.quoting import one_line

# Is given a text and what it is (`path`, `code`, or a severity), and returns it as a terminal shows it.
Paint: TypeAlias = Callable[[str, str], str]

_NOUN: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def unpainted(text: str, part: str) -> str:
    """Return the text as it is: what a pipe and a file get."""
    return text


def as_text(report: Report, paint: Paint = unpainted) -> str:
    """One line a finding: `path:line:column: severity CODE message`."""
    return "".join(_line(one, paint) for one in report.findings)


def _line(one: Finding, paint: Paint) -> str:
    path, severity, code = paint(one_line(one.path), "path"), paint(one.severity, one.severity), one.code
    return f"{path}:{one.line}:{one.column}: {severity} {paint(code, 'code')} {one_line(one.message)}\n"


def summary(findings: Sequence[Finding], pages: int, waived: int = 0) -> str:
    """Say in one sentence how the check went."""
    counts = Counter(one.severity for one in findings)
    found = [_counted(counts[one.value], _NOUN[one]) for one in Severity if counts[one.value]]
    excused = [f"{_counted(waived, 'finding')} waived"] if waived else []
    return f"{_counted(pages, 'page')} checked; {', '.join([*(found or ['nothing found']), *excused])}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
