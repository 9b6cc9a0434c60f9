"""Makes findings of an error that stops a check: mistakes in registers, organization.yml, and mkdocs.yml."""

import re
from collections.abc import Iterator
from typing import Final

from handbook.errors import HandbookError
from handbook.findings import Finding, Severity

# Whoever reads a file raises one line for each mistake in it. A path outside of registers/ has no space, so
# that a sentence with a time of day is not taken for a place.
_LOCATED: Final = re.compile(
    r"(?P<path>(?:sample/)?registers/[^:]+|[^\s:]+):(?P<line>\d+):(?P<column>\d+): (?P<message>.+)"
)
_NAMED: Final = re.compile(
    r"(?P<path>(?:(?:sample/)?registers/[^:`]+?|(?:[\w.-]+/)*[\w.-]+)\.(?:yml|yaml|md)) (?P<message>.+)"
)
_CODE: Final = "FMT001"


def broken_files(error: HandbookError) -> list[Finding]:
    """Return the findings, sorted, of the mistakes for which an error names a file, if any."""
    return sorted(set(_findings(str(error))))


def _findings(text: str) -> Iterator[Finding]:
    for line in text.split("\n"):
        if located := _LOCATED.fullmatch(line):
            place = int(located["line"]), int(located["column"])
            yield Finding(located["path"], *place, _CODE, Severity.ERROR.value, located["message"])
        elif named := _NAMED.fullmatch(line):
            yield Finding(named["path"], 1, 1, _CODE, Severity.ERROR.value, line)
