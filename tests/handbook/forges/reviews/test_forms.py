"""What is read of a comment: a form that people filled in, and nothing that they only quote."""

import datetime
import time

import pytest

from handbook.forges.reviews.filled_forms import meeting_of, reading_of, sentences_of
from handbook.forges.reviews.form_texts import decide_form, sign_form
from handbook.forges.reviews.forms import MOST_CHARACTERS, read_form
from handbook.forges.reviews.words import WORDS
from handbook.registers.filed_for import FiledFor
from handbook.registers.review_records import Meeting, Reading

DAY = datetime.date(2026, 11, 20)
WHO = FiledFor(account="github:dana", comment="https://github.com/example/handbook/issues/7#issuecomment-9")
X, Y = "docs/platforms/x.md", "docs/policy/work.md"
TEXTS = {X: "v2:sha256:3f2a9c1b" + "0" * 56, Y: "v2:sha256:bc9e65cb" + "0" * 56}
ROLES = ["platform-lead", "legal-lead"]
FILLED = """\
/sign platform-lead

### docs/platforms/x.md (text 3f2a9c1b)

- [x] keep
- [ ] change
- [ ] retire

Looked at: Each step on a new phone.

### docs/policy/work.md (text bc9e65cb)

- [ ] keep
- [x] change
- [ ] retire

Looked at: The examples, which name
a form that is gone.

Environment: The platform renamed its settings.

Law: Nothing new.
"""


def reading(text: str) -> Reading | list[str]:
    form = read_form(text)
    assert form is not None
    outcome = reading_of(form, TEXTS, DAY, WHO, "en")
    return outcome if isinstance(outcome, Reading) else list(sentences_of(outcome))


def test_a_filled_in_form_is_a_reading() -> None:
    outcome = reading(FILLED)
    assert isinstance(outcome, Reading)
    assert outcome.filed_for == WHO
    assert (outcome.environment, outcome.legal) == ("The platform renamed its settings.", "Nothing new.")
    assert [(page.verdict, page.note) for page in outcome.pages.values()] == [
        ("keep", "Each step on a new phone."),
        ("change", "The examples, which name a form that is gone."),
    ]
    assert {path: page.fingerprint for path, page in outcome.pages.items()} == TEXTS


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "Hello all,\n\n" + text + "\nKind regards\nDana",
        lambda text: text.replace("[x]", "[X]").replace("- [", "* ["),
        lambda text: text.replace("[x]", "[ x ]").replace("[ ]", "[]"),
        lambda text: text.replace("Looked at:", "**Looked at**:").replace("keep", "**Keep**"),
        lambda text: text.replace("### docs/policy/work.md", "docs/policy/work.md"),
        lambda text: "> /sign legal-lead\n> - [x] retire\n\n" + text,
        lambda text: "```\n/decide\n```\n" + text,
        lambda text: "<!-- /decide\n-->" + text,
        lambda text: text.replace("/sign", "/SIGNER"),
    ],
)
def test_how_people_write_makes_no_difference(edit: object) -> None:
    assert callable(edit)
    assert reading(edit(FILLED)) == reading(FILLED)


def test_every_language_is_understood_in_every_handbook() -> None:
    french = WORDS.of("fr")
    text = sign_form("platform-lead", TEXTS.items(), "fr")
    for before, after in (
        ("- [ ] garder", "- [x] garder"),
        ("Examiné\N{NO-BREAK SPACE}: ", "Examiné\N{NO-BREAK SPACE}: Chaque étape."),
        ("Contexte\N{NO-BREAK SPACE}:", "Contexte\N{NO-BREAK SPACE}: Rien."),
        ("Droit\N{NO-BREAK SPACE}:", "Droit\N{NO-BREAK SPACE}: Rien."),
    ):
        assert before in text
        text = text.replace(before, after)
    outcome = reading(text)
    assert isinstance(outcome, Reading), outcome
    assert {page.verdict for page in outcome.pages.values()} == {"keep"}
    assert french["verdicts"]["keep"] == "garder"


@pytest.mark.parametrize("language", WORDS.all)
def test_an_empty_form_says_everything_that_it_lacks_on_its_line(language: str) -> None:
    text = sign_form("platform-lead", TEXTS.items(), language)
    form = read_form(text)
    assert form is not None
    problems = reading_of(form, TEXTS, DAY, WHO, language)
    assert isinstance(problems, list)
    lines = text.splitlines()
    assert [
        lines[problem.line - 1].split(" (")[0].rstrip(" :\N{NO-BREAK SPACE}") for problem in problems
    ] == [
        f"### {X}",
        WORDS.of(language)["labels"]["note"],
        f"### {Y}",
        WORDS.of(language)["labels"]["note"],
        WORDS.of(language)["labels"]["environment"],
        WORDS.of(language)["labels"]["legal"],
    ]


@pytest.mark.parametrize(
    ("before", "after", "line", "named"),
    [
        ("- [x] keep", "- [ ] keep", 3, "nothing is ticked for docs/platforms/x.md"),
        ("- [ ] retire\n\nLooked at: Each", "- [x] retire\n\nLooked at: Each", 3, "lines 5 and 7"),
        ("Looked at: Each step on a new phone.", "Looked at:", 9, "nothing after `Looked at:`"),
        ("Looked at: Each step on a new phone.\n", "", 3, "has no line `Looked at:`"),
        ("(text 3f2a9c1b)", "(text 3f2a9c1c)", 3, "not the text that this form was made for"),
        ("(text 3f2a9c1b)", "", 3, "the mark after"),
        ("docs/platforms/x.md", "docs/platforms/z.md", 3, "did you mean"),
        ("Each step on a new phone.", "a <script>alert(1)</script>", 9, "take out `<script>`"),
        ("Each step on a new phone.", "{{ organization.name }}", 9, "take out `{`"),
        ("Each step on a new phone.", "a\N{RIGHT-TO-LEFT OVERRIDE}b", 9, "U+202E"),
        ("Each step on a new phone.", "a" * 1_001, 9, "1,001 characters"),
        ("Law: Nothing new.", "Law: -", 22, "nothing after `Law:`"),
        ("Law: Nothing new.", "Law: a\n\n/decide", 24, "a second command"),
        ("### docs/policy", "A thought.\n\n### docs/policy", 11, "not part of an answer"),
        ("docs/policy/work.md (text bc9e65cb)", "docs/platforms/x.md (text 3f2a9c1b)", 11, "after line 3"),
    ],
)  # fmt: skip
def test_each_mistake_names_its_line(before: str, after: str, line: int, named: str) -> None:
    assert before in FILLED
    problems = reading(FILLED.replace(before, after, 1))
    assert isinstance(problems, list)
    assert any(row.startswith(f"Line {line}: ") and named in row for row in problems), problems


def test_a_path_may_have_parentheses() -> None:
    path = "docs/a_(b).md"
    form = read_form(sign_form("platform-lead", [(path, TEXTS[X])], "en"))
    assert form is not None
    assert list(form.pages) == [path]
    assert form.pages[path].mark == "3f2a9c1b"


def test_a_hostile_path_calls_nobody() -> None:
    problems = reading(FILLED.replace("docs/platforms/x.md", "docs/@everyone-[a](https://b.c).md", 1))
    assert isinstance(problems, list)
    assert not any("@everyone" in row.replace("`docs/@everyone", "") for row in problems)


@pytest.mark.parametrize(
    "text",
    [
        "I would sign this.",
        "> /sign platform-lead\n> - [x] keep",
        "> quoted\n/sign platform-lead",
        "Type `/sign platform-lead`.",
        "See:\n```\n/sign platform-lead\n```",
        "See:\n~~~\n/sign platform-lead\n```\nstill code",
        "<!-- /sign platform-lead -->",
        "/signature platform-lead",
        "    /sign platform-lead",
        "",
    ],
)
def test_what_is_only_mentioned_is_no_command(text: str) -> None:
    assert read_form(text) is None


def test_a_form_that_is_all_code_is_told_so() -> None:
    form = read_form(f"```text\n{FILLED}```\n")
    assert form is not None
    assert [(problem.line, "code block" in problem.sentence) for problem in form.problems] == [(2, True)]


def test_what_follows_the_last_answer_is_known_as_unread() -> None:
    form = read_form(FILLED + "\nKind regards\nDana\n")
    assert form is not None
    assert form.unread == [24, 25]


@pytest.mark.parametrize(
    "line",
    ["*", "* ", " ", "a ", "docs/", "[", "<", "- [x] ", "> ", "`", "<!--", "_*", "#"],
)
def test_no_comment_takes_long(line: str) -> None:
    start = time.process_time()
    long = line * (30_000 // len(line)) + "x"
    reading(f"/sign platform-lead\n{long}\nLooked at: {long}\n")
    assert time.process_time() - start < 1


def test_a_comment_that_is_too_long_says_so() -> None:
    problems = reading(FILLED + "\n" * MOST_CHARACTERS)
    assert isinstance(problems, list)
    assert "65,536 characters" in problems[0]


def _decided(text: str) -> Meeting | list[str]:
    form = read_form(text)
    assert form is not None
    outcome = meeting_of(form, TEXTS, ROLES, DAY, WHO, "en")
    return outcome if isinstance(outcome, Meeting) else list(sentences_of(outcome))


def _filled_decisions() -> str:
    text = decide_form(ROLES, TEXTS.items(), "en").replace("Met on:", "Met on: 2026-11-19")
    return text.replace("- [ ] unchanged", "- [x] unchanged").replace("Reason:", "Reason: It holds.")


def test_filled_in_decisions_are_a_meeting() -> None:
    meeting = _decided(_filled_decisions())
    assert isinstance(meeting, Meeting)
    assert (meeting.date, meeting.took_part) == (datetime.date(2026, 11, 19), ROLES)
    assert {path: decision.fingerprint for path, decision in meeting.pages.items()} == TEXTS


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ("2026-11-19", "19/11/2026", "write 2026-11-19"),
        ("2026-11-19", "2026-11-21", "in the future"),
        ("2026-11-19", "", "nothing after `Met on:`"),
        ("legal-lead", "leagl-lead", "did you mean 'legal-lead'?"),
        ("Reason: It holds.", "Reason:", "nothing after `Reason:`"),
    ],
)
def test_each_mistake_of_a_meeting_is_told(before: str, after: str, named: str) -> None:
    problems = _decided(_filled_decisions().replace(before, after, 1))
    assert isinstance(problems, list)
    assert any(named in row for row in problems), problems


def test_a_retired_page_has_no_fingerprint() -> None:
    text = _filled_decisions().replace("- [x] unchanged", "- [ ] unchanged", 1)
    meeting = _decided(text.replace("- [ ] retired", "- [x] retired", 1))
    assert isinstance(meeting, Meeting)
    assert [decision.fingerprint is None for decision in meeting.pages.values()] == [True, False]
