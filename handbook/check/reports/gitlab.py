"""`gitlab`: a code quality report, which GitLab shows in a merge request.

Source: GitLab's documentation of the code quality report format.
"""

from typing import Final

from handbook.check.reports.fingerprints import with_fingerprints
from handbook.check.reports.report import Report
from handbook.findings import Finding
from handbook.text.json_text import as_document

_SEVERITY: Final = {"error": "major", "warning": "minor", "info": "info"}


def as_gitlab(report: Report) -> str:
    """Return a list of issues, each with the fingerprint by which GitLab recognizes it."""
    return as_document([_issue(*pair) for pair in with_fingerprints(report.findings)])


def _issue(finding: Finding, fingerprint: str) -> dict[str, object]:
    return {
        "description": finding.message,
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITY[finding.severity],
        "location": {"path": finding.path, "lines": {"begin": finding.line}},
    }
