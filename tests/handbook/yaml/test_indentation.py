"""A line that was moved is told the indent that it had."""

import re
from collections.abc import Callable

import pytest

from handbook.yaml.located import read_mapping
from tests.conftest import ROOT

Damage = Callable[[str], str]
DAMAGES: dict[str, Damage] = {
    "two spaces more": lambda line: f"  {line}",
    "two spaces less": lambda line: line.removeprefix("  "),
    "one space more": lambda line: f" {line}",
    "one space less": lambda line: line.removeprefix(" "),
    "a tab": lambda line: re.sub("^ +", "\t", line),
    "tabs": lambda line: re.sub("^ +", lambda blanks: "\t" * (len(blanks[0]) // 2), line),
}
# A register, and how many of its lines may be told a wrong indent, because other ones can be read, too.
FILES = [("registers/glossary.yml", 0.01), ("registers/owners.yml", 0.08), ("organization.yml", 0.05)]


def _is_repaired(lines: list[str], index: int, damaged: str) -> bool | None:
    """Tell whether the message on a damaged line proposes what it was; None if it can be read."""
    problem = read_mapping("\n".join([*lines[:index], damaged, *lines[index + 1 :]])).problem
    if problem is None:
        return None
    proposal = re.search("`([^`]*)`(?:$|; or, if )", problem.message)
    written = re.sub(r"\s+#\s.*$", "", lines[index]).rstrip()
    return (problem.line, proposal and proposal[1]) == (index + 1, written)


@pytest.mark.sample
@pytest.mark.parametrize(("name", "share"), FILES, ids=[name for name, _ in FILES])
def test_the_indent_that_a_line_had_is_proposed(name: str, share: float) -> None:
    lines = (ROOT / name).read_text("utf-8").split("\n")[:100]
    damaged = [
        (index, damage(line))
        for index, line in enumerate(lines)
        for damage in DAMAGES.values()
        if line.strip() and not line.lstrip().startswith("#") and damage(line) != line
    ]
    results = [_is_repaired(lines, index, line) for index, line in damaged]
    assert results.count(False) / len(results) <= share


def test_a_list_that_goes_on_below_is_not_taken_for_one_that_is_never_closed() -> None:
    text = "a:\n  list: [one,\n    two]\n  key: text\n    other: text\n"
    problem = read_mapping(text).problem
    assert problem
    assert problem.line == 5
