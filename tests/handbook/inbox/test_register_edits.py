"""Questions are added, counted, and taken out, and every other byte of the register stays."""

import datetime
from collections.abc import Callable

import pytest

from handbook.errors import HandbookError
from handbook.inbox.register_edits import new_register, with_question, with_values, without_question
from handbook.registers.open_questions import OpenQuestion

FIRST = "  - question: May I?  # asked by mail\n    asked_on: 2026-11-18\n"
SECOND = "  # A comment.\n  - {question: 'Who pays, and when?', asked_on: 2026-11-19}\n"
TEXT = f"# Ours.\nquestions:\n{FIRST}{SECOND}\n# The end.\n"
NEW = OpenQuestion(
    question="Was: geht?", asked_on=datetime.date(2026, 11, 20), page="docs/a.md", edition="2026.1"
)
WRITTEN = "  - question: 'Was: geht?'\n    asked_on: 2026-11-20\n    page: docs/a.md\n    edition: '2026.1'\n"


def test_a_new_question_is_below_the_others() -> None:
    assert with_question(TEXT, NEW) == f"# Ours.\nquestions:\n{FIRST}{SECOND}{WRITTEN}\n# The end.\n"


@pytest.mark.parametrize("empty", ["questions: []\n", "questions: []  # none\n", "questions: []"])
def test_the_first_question_opens_the_list_and_the_last_closes_it(empty: str) -> None:
    opened = with_question(empty, NEW)
    assert opened == empty.rstrip("\n").replace(" []", "") + f"\n{WRITTEN}"
    assert without_question(opened, 1).rstrip("\n") == empty.rstrip("\n")


def test_a_list_without_indentation_keeps_it() -> None:
    text = "questions:\n- question: May I?\n  asked_on: 2026-11-18\n"
    assert with_question(text, NEW) == text + WRITTEN.replace("\n    ", "\n  ").removeprefix("  ")


def test_values_are_replaced_or_added_where_the_question_is() -> None:
    once = with_values(TEXT, 1, {"count": 2, "query": "a: b"})
    assert once == TEXT.replace(FIRST, f"{FIRST}    count: 2\n    query: 'a: b'\n")
    day = {"asked_on": datetime.date(2026, 11, 1)}
    assert with_values(once, 1, {"count": 3, **day}) == once.replace("count: 2", "count: 3").replace(
        "2026-11-18", "2026-11-01"
    )
    assert "asked_on: 2026-11-19, count: 2}" in with_values(TEXT, 2, {"count": 2})


def test_a_question_goes_and_the_others_stay() -> None:
    assert without_question(TEXT, 1) == TEXT.replace(FIRST, "")
    assert without_question(TEXT, 2) == TEXT.replace(SECOND.splitlines(keepends=True)[1], "")


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: with_question(text, NEW),
        lambda text: with_values(text, 1, {"count": 2}),
        lambda text: without_question(text, 2),
    ],
)
def test_lines_keep_their_ends(edit: Callable[[str], str]) -> None:
    windows = TEXT.replace("\n", "\r\n")
    assert edit(windows) == edit(TEXT).replace("\n", "\r\n")


@pytest.mark.parametrize(
    "text", ["", "a: b\n", "questions: [{question: May I?, asked_on: 2026-11-18}]\n", "questions: x\n"]
)
def test_a_register_without_lines_of_its_own_is_left_to_its_author(text: str) -> None:
    with pytest.raises(HandbookError, match="on lines of their own"):
        with_question(text, NEW)


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("registers/open_questions.yml", "schemas/open_questions.schema.json"),
        ("sample/registers/open_questions.yml", "../../registers/schemas/open_questions.schema.json"),
    ],
)
def test_a_new_register_names_its_schema(path: str, schema: str) -> None:
    assert new_register(path).startswith(f"# yaml-language-server: $schema={schema}\n")
