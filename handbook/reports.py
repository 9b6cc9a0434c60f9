"""How findings are shown: one pure function a format."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Final

from handbook.findings import Finding, Severity


def as_text(findings: Sequence[Finding]) -> str:
    """One line a finding, for people and editors: `path:line:column: severity CODE message`."""
    return "".join(
        f"{_one_line(one.path)}:{one.line}:{one.column}: {one.severity} {one.code} {_one_line(one.message)}\n"
        for one in findings
    )


def as_json(findings: Sequence[Finding]) -> str:
    """One object, whose `findings` are records of path, line, column, code, severity and message."""
    return json.dumps({"findings": [asdict(one) for one in findings]}, indent=2, ensure_ascii=False) + "\n"


def summary(findings: Sequence[Finding], pages: int, waived: int = 0) -> str:
    """Say in one sentence how the check went."""
    counts = Counter(one.severity for one in findings)
    found = [_counted(counts[one.value], _NOUN[one]) for one in Severity if counts[one.value]]
    excused = [f"{_counted(waived, 'finding')} waived"] if waived else []
    return f"{_counted(pages, 'page')} checked; {', '.join([*(found or ['nothing found']), *excused])}"


_NOUN: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _one_line(text: str) -> str:
    """Show line breaks and other control characters as such: a file's name cannot forge a line."""
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)


FORMATS: Final[Mapping[str, Callable[[Sequence[Finding]], str]]] = {
    "text": as_text,
    "json": as_json,
}
