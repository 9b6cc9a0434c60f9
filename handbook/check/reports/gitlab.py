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
    """One list of issues, each with a fingerprint that GitLab knows it by."""
    return as_document([_issue(*pair) for pair in with_fingerprints(report.findings)])


def _issue(one: Finding, fingerprint: str) -> dict[str, object]:
    return {
        "description": one.message,
        "check_name": one.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITY[one.severity],
        "location": {"path": one.path, "lines": {"begin": one.line}},
    }
