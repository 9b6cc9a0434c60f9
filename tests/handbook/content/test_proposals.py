"""A message about front matter names the line, and what it proposes can be read."""

import re

import pytest

from handbook.content.front_matter import FrontMatter
from handbook.content.pages import PageSource, parse_page
from handbook.findings import Problem
from handbook.text.quoting import one_line

HEAD = """\
---
title: A page
description: What it is about.
owner: communications-lead
last_reviewed: 2026-10-14
audience: [work]
---

# A page
"""
# fmt: off
TITLES = [
    "No", "Yes", "on", "010", "12:30", "12:30:45", "0x1f", "1_000", "1.5", ".inf", "~", "null", "2026-11-20",
    "2026-02-30", "#gifts", "# gifts", "a #b", "Rule #1: post", "*gifts*", "*gifts", "&x", "&x y", "!x",
    "!x y", "! x", "%x", "@x", "`x`", "| a", "- x", "-", "- a: b", "? x", "?", "[x]", "[Draft] Gifts", "[x",
    "{x}", "{x} y", "Posting: how", "Posting : how", "Gifts:", "http://x: y", "\"Gifts\" and more",
    "'It's ok'",
    "\"Say \"yes\" now\"", "\"C:\\docs\"", "\"Gifts", "'Gifts", "“Gifts: how”", "« Gifts: how »",
    "]x", "}x", ", x", "=", "It's: \"both\"",
]
LISTS = [
    "work", "work, personal", "work and personal", "work; personal", "work/personal", "(work, personal)",
    "{work, personal}", "[work personal]", "[work; personal]", "[work, personal", "[work, personal)",
    "[work, personal}", "[work]]", "[work],", "[work,, personal]", "[“work”]", "-work",
    "\n  -work\n  -personal", "\n  • work\n  • personal", "[work # why",
]
LINES = {
    "title：A page": "title: A page", "title:A page": "title: A page", "title = A page": "title: A page",
    "title:\u00a0A page": "title: A page", " title: A page": "title: A page",
    "- title: A page": "title: A page", "**title:** A page": "title: A page",
    "**title**: A page": "title: A page", "]title: A page": "title: A page",
    "@title: A page": "title: A page",
    "title：@x": 'title: "@x"',
}
# fmt: on


def _read(text: str) -> FrontMatter:
    return parse_page(PageSource("a.md", "docs/a.md", "en"), text.encode()).front_matter


def _problem(text: str) -> Problem:
    read = _read(text)
    problems = (*read.form_problems, *read.content_problems)
    assert len(problems) == 1, problems
    return problems[0]


def _proposal(problem: Problem) -> str:
    match = re.search(r"`(audience: [^`]+)`", problem.message)
    assert match, problem.message
    return match[1]


@pytest.mark.parametrize("written", TITLES)
def test_a_text_that_yaml_reads_as_something_else_is_told_its_quotes(written: str) -> None:
    problem = _problem(HEAD.replace("A page", written, 1))
    assert problem.line == 2
    texts = re.findall(r"`(title: [\"'].+?[\"'])`", problem.message)
    read = _read(HEAD.replace("title: A page", texts[-1], 1))
    assert not read.form_problems + read.content_problems
    wanted = written.strip("“”«»") if written[0] in "“«" else written
    assert set(re.findall(r"\w+", wanted)) <= set(re.findall(r"\w+", read.text("title") or ""))


@pytest.mark.parametrize("written", LISTS)
def test_a_list_that_is_written_otherwise_is_told_its_brackets(written: str) -> None:
    problem = _problem(HEAD.replace(" [work]", f" {written}"))
    assert problem.line in (6, 7)
    read = _read(HEAD.replace("audience: [work]", _proposal(problem)))
    assert not read.form_problems + read.content_problems
    assert len(read.texts("audience")) == written.count("work") + written.count("personal")


@pytest.mark.parametrize("written", LINES)
@pytest.mark.parametrize("line", [2, 4, 6])
def test_a_line_that_is_no_key_and_value_is_found_and_told_what_it_should_be(written: str, line: int) -> None:
    lines = HEAD.split("\n")
    key = lines[line - 1].partition(":")[0]
    lines[line - 1] = written.replace("title", key)
    problem = _problem("\n".join(lines))
    assert problem.line == line
    assert problem.message.endswith(f"`{LINES[written].replace('title', key)}`")


@pytest.mark.parametrize(
    "fence", ["----", "--", "—", "***", " ---", "- - -", "===", "---\u00a0", "\u200b---"]
)
def test_a_line_that_was_meant_to_end_the_front_matter_is_named(fence: str) -> None:
    assert _problem(HEAD.replace("]\n---", f"]\n{fence}")).line == 7


def test_front_matter_that_reaches_into_the_text_ends_below_its_last_key() -> None:
    text = HEAD.replace("]\n---", "]\n") + "\nText.\n\n---\n\nMore.\n"
    assert _problem(text).line == 6


@pytest.mark.parametrize("first", ["----", "—", "+++", "--", "---\u00a0", "\u200b---"])
def test_a_first_line_that_was_meant_as_a_fence_is_named(first: str) -> None:
    problem = _problem(HEAD.replace("---", first, 1))
    assert problem.line == 1
    assert f"`{one_line(first)}`" in problem.message


def test_empty_front_matter_is_told_its_place() -> None:
    assert _problem("---\n---\n\n# A page\n").line == 2


def test_comments_and_quotes_are_no_mistakes() -> None:
    text = HEAD.replace("A page", "A page # why", 1).replace("What it is", '"#1: *what* it is"')
    read = _read(text.replace('"#1: *what* it is" about.', '"#1: *what* it is"'))
    assert not read.form_problems + read.content_problems
    assert (read.text("title"), read.text("description")) == ("A page", "#1: *what* it is")


def test_a_line_of_any_length_is_judged_at_once() -> None:
    text = HEAD.replace("A page", "-" + " " * 30_000 + ": x", 1)
    assert _problem(text).line == 2
