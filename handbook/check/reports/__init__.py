"""Report formats of the check: each is a pure function in a module of its own."""

from collections.abc import Callable, Mapping
from typing import Final

from handbook.check.reports.github import as_github
from handbook.check.reports.gitlab import as_gitlab
from handbook.check.reports.json import as_json
from handbook.check.reports.report import Report
from handbook.check.reports.sarif import as_sarif
from handbook.check.reports.text import as_text, summary

__all__ = ["FORMATS", "Report", "as_github", "as_gitlab", "as_json", "as_sarif", "as_text", "summary"]

FORMATS: Final[Mapping[str, Callable[[Report], str]]] = {
    "text": as_text,
    "json": as_json,
    "sarif": as_sarif,
    "github": as_github,
    "gitlab": as_gitlab,
}
