"""`github`: workflow commands, which GitHub shows on the lines of a pull request.

Source: the documentation of workflow commands, and `command.ts` of GitHub's toolkit for the escapes.
"""

import re
from typing import Final

from handbook.check.reports.report import Report
from handbook.findings import Finding
from handbook.text.quoting import one_line

# What GitHub and Azure DevOps obey wherever it is in a line.
_OTHER_COMMAND: Final = re.compile(r"##(?=\w*\[)")
_COMMAND: Final = {"error": "error", "warning": "warning", "info": "notice"}


def as_github(report: Report) -> str:
    """Return one command for each finding: `::error file=…,line=…,col=…,title=CODE::message`."""
    return "".join(map(_command, report.findings))


def _command(finding: Finding) -> str:
    properties = (
        f"file={_property(finding.path)},line={finding.line},col={finding.column}"
        f",title={_property(finding.code)}"
    )
    return f"::{_COMMAND[finding.severity]} {properties}::{_data(finding.message)}\n"


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _data(text: str) -> str:
    """Escape what GitHub decodes, percent signs first; show what else steers a log as escapes."""
    shown = _OTHER_COMMAND.sub(r"#\\x23", text)
    return one_line(shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))
