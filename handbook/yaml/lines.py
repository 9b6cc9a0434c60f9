"""Reads single lines of YAML that as a whole cannot be read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from handbook.yaml.indentation import indent_of

ENTRY: Final = re.compile(
    r"(?P<head>[ ]*(?:- +)*)(?P<key>[^\s:\-\[\]{}#&*!|>'\"%@`=][^:=：]*?)[ \t]*:[ \t]+(?P<value>\S.*?)[ \t]*"
)
ITEM: Final = re.compile(r"(?P<head>[ ]*)(?P<key>-) +(?P<value>\S.*?)[ \t]*")
# What looks like a colon, and is none to YAML.
WIDE_COLONS: Final = "：﹕∶꞉"
# Nobody types a longer line, and searching one takes too long.
LONGEST_LINE: Final = 2_000
_COMMENT: Final = re.compile(r"\s#\s.*$")


@dataclass(frozen=True, slots=True)
class LineProblem:
    """A sentence about a line; its column counts from 1."""

    column: int
    message: str


def without_comment(line: str) -> str:
    """Return a line without the comment at its end; nothing of a line that is too long to search."""
    if len(line) > LONGEST_LINE:
        return ""
    comment = _COMMENT.search(line)
    is_comment = comment and not any(line[: comment.start()].count(quote) % 2 for quote in "\"'")
    return line[: comment.start()] if comment and is_comment and line[: comment.start()].strip() else line


def line_above(lines: Sequence[str], index: int) -> int | None:
    """Return the index of the nearest line above that has a text."""
    return next((above for above in range(index - 1, -1, -1) if lines[above].strip()), None)


def is_left_of(lines: Sequence[str], index: int, other: int) -> bool:
    """Tell whether a line with a text begins further left than another."""
    return bool(lines[index].strip()) and indent_of(lines[index]) < indent_of(lines[other])


def written_lines(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines that are neither blank nor comments."""
    return (line for line in lines if line.strip() and not line.lstrip().startswith("#"))
