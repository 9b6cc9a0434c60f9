"""`github`: workflow commands, which GitHub shows on the lines of a pull request.

Source: the documentation of workflow commands, and `command.ts` of GitHub's toolkit for the escapes.
"""

from typing import Final

from handbook.check.reports.report import Report
from handbook.findings import Finding
from handbook.text.quoting import one_line

_COMMAND: Final = {"error": "error", "warning": "warning", "info": "notice"}


def as_github(report: Report) -> str:
    """One command a finding: `::error file=…,line=…,col=…,title=CODE::message`."""
    return "".join(map(_command, report.findings))


def _command(one: Finding) -> str:
    location = f"file={_property(one.path)},line={one.line},col={one.column},title={_property(one.code)}"
    return f"::{_COMMAND[one.severity]} {location}::{_data(one.message)}\n"


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _data(text: str) -> str:
    """Escape what GitHub turns back, percent signs first; other control characters are shown as such."""
    return one_line(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))
