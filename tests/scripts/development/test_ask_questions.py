"""`python scripts/development/ask_questions.py` counts what the search shows, and refuses what is no site."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from handbook.registers.questions import Answer, Question
from scripts.development.ask_questions import command
from scripts.development.search_replies import Reply, address_of, are_good_enough, as_report

Write = Callable[[str, str | bytes], Path]
PHOTOS = Answer(page="docs/law/photos.md", section="birthday-party")
WORK = Answer(page="docs/policy/work.md")


def _reply(*pages: str, half: int = 1, sections: tuple[str, ...] = ()) -> Reply:
    question = Question.model_validate(
        {"question": "party pics", "language": "en", "half": half, "answers": [PHOTOS, WORK]}
    )
    return Reply(question, pages, sections)


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("docs/law/photos.md", "law/photos/"),
        ("docs/platforms/index.md", "platforms/"),
        ("docs/index.md", ""),
        ("docs/law/reindex.md", "law/reindex/"),
    ],
)
def test_a_page_has_an_address(page: str, address: str) -> None:
    assert address_of(Answer(page=page)) == address


@pytest.mark.parametrize(
    ("pages", "rank", "is_near"),
    [
        (("law/photos/", "policy/work/"), 1, True),
        (("", "law/", "policy/work/"), 3, True),
        (("", "law/", "people/", "policy/work/"), 4, False),
        (("",), None, False),
        ((), None, False),
    ],
)
def test_the_first_page_that_answers_counts(pages: tuple[str, ...], rank: int | None, is_near: bool) -> None:
    reply = _reply(*pages)
    assert (reply.rank, reply.is_near) == (rank, is_near)


@pytest.mark.parametrize(
    ("pages", "sections", "names_it"),
    [
        (("law/photos/",), ("law/photos/#birthday-party",), True),
        (("law/photos/",), ("law/photos/#checklist",), False),
        (("policy/work/",), ("policy/work/#hours",), True),
        (("a/", "b/", "c/", "law/photos/"), ("law/photos/#birthday-party",), False),
    ],
)
def test_a_section_counts_if_people_see_it_or_none_is_asked_for(
    pages: tuple[str, ...], sections: tuple[str, ...], names_it: bool
) -> None:
    assert _reply(*pages, sections=sections).names_section is names_it


@pytest.mark.parametrize(
    ("first", "third", "missed", "is_enough"),
    [(6, 3, 1, True), (5, 4, 1, False), (8, 0, 2, False), (0, 0, 0, False)],
)
def test_both_shares_are_needed(first: int, third: int, missed: int, is_enough: bool) -> None:
    near = [_reply("a/", "b/", "law/photos/")] * third
    assert are_good_enough([*[_reply("law/photos/")] * first, *near, *[_reply()] * missed]) is is_enough


def test_the_report_counts_each_half_and_lists_the_misses() -> None:
    lines = as_report([_reply("law/photos/"), _reply("", "people/team/", half=2)]).splitlines()
    assert lines[0].startswith("Half 1: 1 asked, 100% first")
    assert lines[1].startswith("Half 2: 1 asked, 0% first")
    assert lines[2:5] == [
        "  missed: party pics",
        "    shown:  (start page), people/team/",
        "    wanted: law/photos/, policy/work/",
    ]
    assert lines[5].startswith("All: 2 asked, 50% first, 50% among the first 3; 0%")


def test_a_half_without_questions_is_not_a_success() -> None:
    assert as_report([_reply("law/photos/")]).splitlines()[1] == "Half 2: no questions"


def test_a_folder_without_a_site_is_refused(folder: Path, write: Write) -> None:
    write("registers/questions.yml", _register("en"))
    result = CliRunner().invoke(command, ["--root", str(folder), "docs"])
    assert result.exit_code == 2
    assert "handbook build" in result.stderr


@pytest.mark.parametrize("language", ["de", None])
def test_without_a_question_nothing_is_asked(folder: Path, write: Write, language: str | None) -> None:
    if language:
        write("registers/questions.yml", _register(language))
    result = CliRunner().invoke(command, ["--root", str(folder), "docs"])
    assert result.exit_code == 2
    assert "registers/questions.yml" in result.stderr


def _register(language: str) -> str:
    answers = "answers: [{page: docs/other.md}]"
    return f"questions:\n  - {{question: party pics, language: {language}, half: 1, {answers}}}\n"
