"""The register of open questions: what it accepts, and that it knows nobody."""

from pathlib import Path

import pytest

from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.registers.open_questions import FILE, folded, load_open_questions

TWO = """questions:
  - question: May I repost a partner?
    asked_on: 2026-11-18
    page: docs/policy/work.md
  - {question: Who pays?, asked_on: 2026-11-19, count: 2}
"""


def _load(root: Path, text: str) -> str:
    file = root / FILE
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    with pytest.raises(HandbookError) as raised:
        load_open_questions(Folder(root))
    return str(raised.value)


def test_questions_have_numbers_from_1_and_places(folder: Path) -> None:
    (folder / FILE).write_text(TWO, encoding="utf-8")
    register = load_open_questions(Folder(folder))
    assert [(number, q.question, q.count) for number, q in register.questions.items()] == [
        (1, "May I repost a partner?", 1),
        (2, "Who pays?", 2),
    ]
    assert register.location(1, "page").line == 4
    assert list(register.about({"docs/policy/work.md"})) == [1, 2]
    assert list(register.about({"docs/index.md"})) == [2]


def test_without_a_file_nothing_is_open(tmp_path: Path) -> None:
    assert not load_open_questions(Folder(tmp_path)).questions


def test_those_of_the_sample_are_kept_apart(folder: Path) -> None:
    organization = folder / "organization.yml"
    organization.write_text(f"sample: true\n{organization.read_text('utf-8')}", encoding="utf-8")
    register = load_open_questions(Folder(folder))
    assert (register.path, len(register.questions)) == (f"sample/{FILE}", 0)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{question: May I? From staff@example.org, asked_on: 2026-11-18}", "leave out who asked"),
        (
            "{question: May I?, query: from staff@mail.example.org, asked_on: 2026-11-18}",
            "leave out who asked",
        ),
        ("{question: '?!', asked_on: 2026-11-18}", "'questions.1.question' has no words"),
        ("{question: May I <b>post</b>?, asked_on: 2026-11-18}", "must be plain text"),
        ("{question: May I?, asked_on: 2026-11-18, by: staff}", "unknown key"),
        ("{question: May I?, asked_on: 2026-11-18, count: 0}", "count"),
        ("{question: May I?, asked_on: 18 Nov}", "asked_on"),
        (
            "{question: May I?, asked_on: 2026-11-18, page: policy/work.md}",
            "did you mean 'docs/policy/work.md'?",
        ),
    ],
)
def test_what_does_not_belong_there_is_refused_with_its_line(
    tmp_path: Path, entry: str, message: str
) -> None:
    told = _load(tmp_path, f"questions:\n  - {entry}\n")
    assert told.startswith(f"{FILE}:2:")
    assert message in told


def test_a_question_is_there_once(tmp_path: Path) -> None:
    told = _load(tmp_path, f"{TWO}  - {{question: 'may I  repost, a partner', asked_on: 2026-11-20}}\n")
    assert told.startswith(f"{FILE}:6:")
    assert "raise the `count` of the first" in told


def test_an_account_of_ours_is_no_mail_address(folder: Path) -> None:
    (folder / FILE).write_text(
        "questions:\n  - {question: Who runs @example_reading?, asked_on: 2026-11-18}\n", encoding="utf-8"
    )
    assert len(load_open_questions(Folder(folder)).questions) == 1


def test_capitals_blanks_and_marks_make_no_other_question() -> None:
    assert folded("  Puis-je\u00a0PUBLIER\u00a0?") == folded("puis je publier")
    assert folded("May I?") != folded("May we?")
