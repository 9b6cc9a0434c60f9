"""Locates problems with expressions in the text of a page."""

import re
from functools import lru_cache

from jinja2 import nodes

from handbook.findings import Problem
from handbook.text.quoting import one_line


def locate_name(node: nodes.Node, name: str, text: str, message: str) -> Problem:
    """Locate a problem on a node's line, and in the column of its name if the name is on that line."""
    lines = _lines(text)
    match = (
        re.search(rf"\b{re.escape(name)}\b", lines[node.lineno - 1]) if node.lineno <= len(lines) else None
    )
    return Problem(node.lineno, one_line(message), match.start() + 1 if match else 1)


@lru_cache(maxsize=1)
def _lines(text: str) -> list[str]:
    """Return the lines of a text, which may hold thousands of mistakes."""
    return text.split("\n")


def locate_first_expression(text: str, message: str) -> Problem:
    """Locate a problem where the first expression or statement of a text begins."""
    start = min((offset for mark in ("{{", "{%") if (offset := text.find(mark)) >= 0), default=0)
    return locate_snippet(Problem(1, message), text, start)


def locate_snippet(problem: Problem, text: str, start: int) -> Problem:
    """Locate a problem of a snippet in the text in which the snippet begins at `start`."""
    line = text.count("\n", 0, start)
    column = start - (text.rfind("\n", 0, start) + 1) if problem.line == 1 else 0
    return Problem(problem.line + line, problem.message, problem.column + column)
