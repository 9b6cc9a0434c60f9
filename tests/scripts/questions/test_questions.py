"""`handbook questions` as its users run it: from a mail to an answer."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scripts.cli import main
from tests.conftest import PAGE
from tests.scripts.conftest import Git
from tests.scripts.review.rounds import check, refused, review, written
from tests.scripts.terminals import Terminal

pytestmark = pytest.mark.usefixtures("on_20_november")

Write = Callable[[str, str | bytes], Path]
FILE = "registers/open_questions.yml"
TWO = """# Ours.
questions:
  # A comment.
  - question: May I repost a partner?
    asked_on: 2026-11-18
    page: docs/other.md
    query: repost partner
    count: 2
  - question: Who pays for the app?
    asked_on: 2026-11-19
"""
ONE = TWO.partition("  - question: Who")[0]
SCENARIO = ("--scenario", "partner-post", "--answer", "no", "--reason", "Ask us: it may be an advertisement.")
WHOLE = (*SCENARIO, "--see", "other#other", "--audience", "work", "--topic", "rights", "--topic", "press")


@pytest.fixture
def asked(folder: Path, write: Write) -> Path:
    """A handbook with two open questions."""
    write(FILE, TWO)
    return folder


def questions(root: Path, *arguments: str) -> Result:
    command, *rest = arguments
    return CliRunner().invoke(
        main, ["questions", command, "--root", str(root), *rest], catch_exceptions=False
    )


def _register(root: Path) -> str:
    return (root / FILE).read_text(encoding="utf-8")


def _state(root: Path) -> dict[str, bytes]:
    files = [file for file in root.rglob("*") if file.is_file() and ".cache" not in file.parts]
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files}


def test_the_list_says_of_each_question_what_is_known(asked: Path) -> None:
    assert written(questions(asked, "list")) == (
        "1. May I repost a partner?"
        " (asked 2 times since 2026-11-18; docs/other.md; searched: repost partner)\n"
        "2. Who pays for the app? (asked 1 time since 2026-11-19)\n"
    )
    assert json.loads(written(questions(asked, "list", "--format", "json")))[1] == {
        "number": 2,
        "question": "Who pays for the app?",
        "asked_on": "2026-11-19",
        "page": None,
        "query": None,
        "edition": None,
        "language": None,
        "count": 1,
    }


def test_an_empty_list_says_so(folder: Path) -> None:
    assert written(questions(folder, "list")) == "No question is open.\n"
    assert json.loads(written(questions(folder, "list", "--format", "json"))) == []
    assert "there is no open question" in refused(questions(folder, "drop", "1", "--why", "x"))


def test_a_question_is_noted_with_what_the_mail_says(asked: Path) -> None:
    mail = ("--page", "/fr/other/", "--query", "sack: day", "--edition", "2026.1", "--on", "2026-11-12")
    told = written(questions(asked, "note", " May I\n go? ", *mail))
    assert told.startswith(f"{FILE}: 3. May I go? (asked 1 time since 2026-11-12; docs/other.md;")
    assert _register(asked) == (
        f"{TWO}  - question: May I go?\n    asked_on: 2026-11-12\n    page: docs/other.md\n"
        "    query: 'sack: day'\n    edition: '2026.1'\n"
    )


def test_a_question_without_a_day_is_of_today_and_opens_a_missing_register(folder: Path) -> None:
    (folder / FILE).unlink()
    written(questions(folder, "note", "Puis-je partir\u00a0?"))
    assert _register(folder).endswith(
        "questions:\n  - question: Puis-je partir\u00a0?\n    asked_on: 2026-11-20\n"
    )
    assert _register(folder).startswith(
        "# yaml-language-server: $schema=schemas/open_questions.schema.json\n"
    )


def test_the_same_question_is_counted_and_keeps_its_first_day_and_page(asked: Path) -> None:
    told = written(
        questions(asked, "note", "may I repost a PARTNER", "--page", "index", "--edition", "2026.1")
    )
    assert "note: it stays with docs/other.md, where it was asked first" in told
    assert _register(asked) == TWO.replace("count: 2\n", "count: 3\n    edition: '2026.1'\n")
    written(questions(asked, "note", "Who pays for the app", "--on", "2026-11-02", "--page", "index"))
    assert _register(asked).endswith("asked_on: 2026-11-02\n    page: docs/index.md\n    count: 2\n")


@pytest.mark.parametrize(
    "address",
    ["docs/other.md", "other", "docs/other.fr.md", "/other/", "https://handbook.example.org/latest/other/"],
)
def test_a_page_is_named_by_its_path_or_its_address(asked: Path, write: Write, address: str) -> None:
    write("docs/other.fr.md", PAGE)
    written(questions(asked, "note", "May I go?", "--page", address))
    assert "    page: docs/other.md\n" in _register(asked).partition("go?")[2]


@pytest.mark.parametrize("address", ["/", "/fr/", "https://handbook.example.org", "index.md"])
def test_the_start_page_is_named_by_its_address(asked: Path, address: str) -> None:
    written(questions(asked, "note", "May I go?", "--page", address))
    assert "    page: docs/index.md\n" in _register(asked)


def test_a_scenario_has_the_words_of_the_question_and_the_question_is_closed(git: Git, write: Write) -> None:
    root = git.root
    write(FILE, TWO)
    write("docs/other.md", PAGE.replace("A page", "Other") + '{{ scenarios(topic="rights") }}\n')
    git.commit()
    told = written(questions(root, "add", "1", *WHOLE, "--see", "docs/other.md#other"))
    assert (root / "registers/scenarios/partner-post.yml").read_text(encoding="utf-8") == (
        "# yaml-language-server: $schema=../schemas/scenario.schema.json\n"
        "question: May I repost a partner?\n"
        "answer: 'no'\n"
        "reason: 'Ask us: it may be an advertisement.'\n"
        "page: docs/other.md#other\n"
        "audience: [work]\n"
        "topics: [rights, press]\n"
        "asked_as: [repost partner]\n"
    )
    assert _register(root) == TWO.replace(ONE.partition("  # A comment.\n")[2], "")
    (note,) = [line for line in told.splitlines() if line.startswith("note:")]
    assert "now on docs/other.md" in note
    assert "review start docs/other.md" in note
    assert "REG001" not in check(root).stdout


def test_a_scenario_in_other_words_is_found_by_those_of_the_question(asked: Path) -> None:
    written(questions(asked, "add", "pays", *WHOLE, "--question", "May I buy the app?"))
    text = (asked / "registers/scenarios/partner-post.yml").read_text(encoding="utf-8")
    assert "question: May I buy the app?\n" in text
    assert "asked_as: ['Who pays for the app?']\n" in text
    assert _register(asked) == ONE


def test_words_of_the_search_lead_to_the_page_and_the_question_is_closed(asked: Path) -> None:
    page = asked / "docs" / "other.md"
    before = page.read_bytes()
    told = written(questions(asked, "add", "repost", "--asked-as", "docs/other.md"))
    added = b"asked_as: [repost partner]\n"
    assert page.read_bytes() == before.replace(b"\n---\n", b"\n" + added + b"---\n", 1)
    assert "May I repost" not in _register(asked)
    assert "note:" not in told
    assert check(asked).exit_code == 0


def test_given_words_lead_to_a_section(asked: Path) -> None:
    words = ("--words", "who buys", "--words", "app")
    written(questions(asked, "add", "2", "--asked-as", "other#other", *words))
    assert "asked_as: [{other: [who buys, app]}]\n" in (asked / "docs/other.md").read_text(encoding="utf-8")


def test_a_translation_gets_words_of_its_language(asked: Path, write: Write) -> None:
    write("docs/other.fr.md", PAGE)
    written(questions(asked, "add", "2", "--asked-as", "docs/other.fr.md", "--words", "qui paie"))
    assert "asked_as: [qui paie]\n" in (asked / "docs/other.fr.md").read_text(encoding="utf-8")
    assert "asked_as" not in (asked / "docs/other.md").read_text(encoding="utf-8")


def test_a_dry_run_writes_nothing(asked: Path) -> None:
    before = _state(asked)
    assert "partner-post.yml: written" in written(questions(asked, "add", "1", *WHOLE, "--dry-run"))
    assert _state(asked) == before


def test_a_question_that_needs_no_answer_goes_with_a_message_for_the_commit(asked: Path) -> None:
    result = questions(asked, "drop", "2", "--why", "Nobody  pays:\nit is free.")
    assert written(result) == f"{FILE}: 'Who pays for the app?' taken out\n"
    assert _register(asked) == ONE
    assert result.stderr.endswith(
        "\nTake out a question that needs no answer\n\nWho pays for the app?\nNobody pays: it is free.\n"
    )


WRONG = {
    "note a sender": (("note", "May I? staff@example.org"), "leave out who asked"),
    "note nothing": (("note", " ?"), "has no words"),
    "note markup": (("note", "May I <b>go</b>?"), "must be plain text"),
    "note a hidden sign": (("note", "May I\u202e go?"), f"{FILE}:11:"),
    "note a query": (("note", "May I?", "--query", "{x}"), "the query must be plain text"),
    "note an edition": (("note", "May I?", "--edition", " "), "the edition is empty"),
    "note no page": (("note", "May I?", "--page", "othr"), "did you mean 'docs/other.md'?"),
    "note a strange page": (("note", "May I?", "--page", "//["), "there is no page '//['"),
    "note the future": (("note", "May I?", "--on", "2026-11-21"), "2026-11-21 is in the future"),
    "note no day": (("note", "May I?", "--on", "today"), "'today' is not a day"),
    "add no number": (("add", "3", *WHOLE), "there is no open question '3'"),
    "add a part": (("add", "o", *WHOLE), "several open questions have 'o': 1, 2"),
    "add nothing": (("add", " ", *WHOLE), "there is no open question"),
    "add no kind": (("add", "1"), "--scenario NAME for a new scenario, or --asked-as PAGE"),
    "add both": (("add", "1", *WHOLE, "--asked-as", "other"), "give one of them"),
    "add a part of the other": (("add", "1", "--asked-as", "other", "--answer", "no"), "--answer belongs to"),
    "add words to a scenario": (("add", "1", *WHOLE, "--words", "x"), "--words belongs to --asked-as"),
    "add half": (("add", "1", *SCENARIO), "--see, --audience, --topic are missing"),
    "add no reason": (("add", "1", *WHOLE, "--reason", " "), "--reason is missing"),
    "add no answer": (("add", "1", *WHOLE, "--answer", "maybe"), "'maybe' is not one of"),
    "add a name": (("add", "1", *WHOLE, "--scenario", "My Post"), "write lower-case words with hyphens"),
    "add a path": (("add", "1", *WHOLE, "--scenario", "../x"), "write lower-case words with hyphens"),
    "add markup": (("add", "1", *WHOLE, "--reason", "<b>No</b>"), "must be plain text; take out `<b>`"),
    "add a variable": (("add", "1", *WHOLE, "--reason", "No {cleint}."), "cleint"),
    "add no page": (("add", "1", *WHOLE, "--see", "othr"), "did you mean 'docs/other.md'?"),
    "add no heading": (("add", "1", *WHOLE, "--see", "other#nothing"), "has no heading or id '#nothing'"),
    "add an anchor of two": (("add", "1", *WHOLE, "--see", "other#a b"), "has no anchor after #"),
    "words for no page": (("add", "1", "--asked-as", "othr"), "did you mean 'docs/other.md'?"),
    "words for no heading": (("add", "1", "--asked-as", "other#nothing"), "has no heading or id '#nothing'"),
    "drop without why": (("drop", "1", "--why", " "), "--why is empty"),
    "drop no number": (("drop", "0", "--why", "x"), "there is no open question '0'"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_named_and_nothing_is_written(asked: Path, name: str) -> None:
    arguments, message = WRONG[name]
    before = _state(asked)
    result = questions(asked, *arguments)
    assert message in refused(result)
    assert result.stdout == ""
    assert _state(asked) == before


def test_a_taken_name_is_refused_wherever_the_scenario_is(asked: Path, write: Write) -> None:
    entry = "question: A?\nanswer: ask\nreason: B.\npage: docs/other.md\naudience: [work]\ntopics: [press]\n"
    write("registers/scenarios/partner-post.yml", f"{entry}only_for: {{sectors: [healthcare]}}\n")
    listed = entry.replace("\n", "\n    ").rstrip()
    write("registers/scenarios.yml", f"scenarios:\n  other:\n    {listed}\n")
    assert "registers/scenarios/partner-post.yml" in refused(questions(asked, "add", "1", *WHOLE))
    again = questions(asked, "add", "1", *WHOLE, "--scenario", "other")
    assert "'other' in registers/scenarios.yml" in refused(again)


def test_words_that_a_page_has_are_refused(asked: Path) -> None:
    written(questions(asked, "add", "1", "--asked-as", "other"))
    told = refused(questions(asked, "add", "1", "--asked-as", "other", "--words", "Repost, partner"))
    assert "has these words already" in told


def test_a_register_in_braces_is_left_to_its_author(asked: Path, write: Write) -> None:
    write(FILE, "questions: [{question: May I?, asked_on: 2026-11-18}]\n")
    before = _state(asked)
    for arguments in (("note", "x"), ("drop", "1", "--why", "x"), ("add", "1", "--asked-as", "other")):
        assert "on lines of their own" in refused(questions(asked, *arguments))
    assert _state(asked) == before


def test_a_terminal_is_asked_for_a_scenario_and_again_after_a_wrong_answer(asked: Path) -> None:
    terminal = Terminal("questions", "add", "1", "--root", str(asked))
    for prompt, typed in (
        ("May I repost a partner?", ""),
        ("a new scenario, or", "scenario"),
        ("Short name", "My Post"),
        ("write lower-case words", ""),
        ("Short name", "partner-post"),
        ("The question as the scenario puts it", "\n"),
        ("Answer", "ask"),
        ("Reason", "Ask us."),
        ("Page with the rule", "othr"),
        ("did you mean 'docs/other.md'?", ""),
        ("Page with the rule", "other"),
        ("Whom it is for", "work, managr"),
        ("did you mean 'managers'?", ""),
        ("Whom it is for", "work, managers"),
        ("What it is about", "press"),
    ):
        terminal.until(prompt)
        if typed:
            terminal.type(typed if typed == "\n" else f"{typed}\n")
    assert terminal.end() == 0, terminal.shown
    text = (asked / "registers/scenarios/partner-post.yml").read_text(encoding="utf-8")
    assert "question: May I repost a partner?\nanswer: ask\nreason: Ask us.\npage: docs/other.md\n" in text
    assert "audience: [work, managers]\ntopics: [press]\n" in text


def test_a_terminal_is_asked_for_the_page_of_words(asked: Path) -> None:
    terminal = Terminal("questions", "add", "1", "--root", str(asked))
    terminal.until("a new scenario, or")
    terminal.type("search\n")
    terminal.until("Page that answers it")
    terminal.type("other#other\n")
    assert terminal.end() == 0, terminal.shown
    assert "asked_as: [{other: [repost partner]}]\n" in (asked / "docs/other.md").read_text(encoding="utf-8")


def test_whoever_stops_at_a_terminal_has_written_nothing(asked: Path) -> None:
    before = _state(asked)
    terminal = Terminal("questions", "add", "1", "--scenario", "partner-post", "--root", str(asked))
    terminal.until("The question as the scenario puts it")
    assert terminal.stop() == 2
    assert "stopped; nothing was written" in terminal.shown
    assert _state(asked) == before


def test_a_page_that_moves_takes_its_questions_along(asked: Path) -> None:
    with (asked / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("nav:\n  - index.md\n  - other.md\n")
    moved = ["move", "other", "more/else", "--as", "communications-lead", "--root", str(asked)]
    written(CliRunner().invoke(main, moved))
    assert "    page: docs/more/else.md\n" in _register(asked)


def test_a_page_with_a_question_can_be_deleted_and_the_check_names_the_question(asked: Path) -> None:
    before = _register(asked)
    gone = ["delete", "other", "--without-review", "--root", str(asked)]
    told = written(CliRunner().invoke(main, gone))
    assert f"{FILE}:6: 'docs/other.md' is not published in this handbook" in told
    assert _register(asked) == before
    assert f"{FILE}:6:11: warning REG006 " in check(asked).stdout


def test_a_review_is_shown_with_the_questions_that_it_answers(asked: Path, write: Write) -> None:
    far = "  - question: Who reads this?\n    asked_on: 2026-11-20\n    page: docs/index.md\n"
    write(FILE, TWO + far)
    assert "; 2 open questions to answer" in written(review(asked, "start", "docs/other.md"))
    shown = written(review(asked, "status"))
    assert (
        "    question 1, asked 2 times since 2026-11-18, on docs/other.md: May I repost a partner?\n" in shown
    )
    assert "    question 2, asked 1 time since 2026-11-19: Who pays for the app?\n" in shown
    assert "Who reads this?" not in shown
    (facts,) = json.loads(written(review(asked, "status", "--format", "json")))["open"]
    assert [question["number"] for question in facts["questions"]] == [1, 2]
