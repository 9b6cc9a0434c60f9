"""`text`: one line for each finding, for people and editors, and a summary sentence."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from handbook.check.painting import Paint, unpainted
from handbook.check.reports.report import Report
from handbook.findings import Finding, Severity
from handbook.text.counting import counted
from handbook.text.quoting import one_line

# One mistake in more places than this is reported once.
_MOST_ALIKE: Final = 3
_PLACES: Final = 5
_NOUN: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def as_text(report: Report, paint: Paint = unpainted) -> str:
    """Return one line for each finding: `path:line:column: severity CODE message`.

    One mistake that is found in many places is reported once, with the places.
    """
    alike: dict[tuple[str, str, str], list[Finding]] = defaultdict(list)
    for finding in report.findings:
        alike[_identity(finding)].append(finding)
    return "".join(_shown_line(finding, alike[_identity(finding)], paint) for finding in report.findings)


def _identity(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.severity, finding.message


def _shown_line(finding: Finding, alike: Sequence[Finding], paint: Paint) -> str:
    """Return the line of a finding; of many that are alike, only the first has one, with the others."""
    if len(alike) <= _MOST_ALIKE:
        return _line(finding, paint)
    return _line(finding, paint) + _others(alike[1:]) if finding is alike[0] else ""


def _others(findings: Sequence[Finding]) -> str:
    """Return a line about the other places of one mistake."""
    places = ", ".join(f"{one_line(finding.path)}:{finding.line}" for finding in findings[:_PLACES])
    rest = len(findings) - _PLACES
    more = f", and {rest:,} more, which `--format json` lists" if rest > 0 else ""
    return f"  the same in {counted(len(findings), 'other place')}: {places}{more}\n"


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
