"""`handbook review comment` and `issues`: a review from the issue to the closed record, by comments."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.events import said
from tests.scripts.conftest import Git
from tests.scripts.review.comments.rounds import (
    HOLDERS,
    REVIEW,
    answered,
    comment,
    filled,
    form_of,
    issues,
    let_hold,
    record_of,
    sent_from,
)
from tests.scripts.review.rounds import check, refused, review, written

pytestmark = pytest.mark.usefixtures("on_20_november")

DAY = "2026-11-20"


@pytest.fixture
def started(folder: Path) -> Path:
    """A handbook with an open review, whose readers have accounts on GitHub."""
    let_hold(folder)
    written(review(folder, "start", "docs"))
    return folder


def _form(root: Path, role: str) -> str:
    """Return the filled-in form of a reader."""
    (issue,) = issues(root)
    return filled(form_of(role, issue["body"]))


@pytest.mark.parametrize("platform", ["github", "gitlab"])
def test_a_review_from_the_issue_to_the_closed_record(git: Git, platform: str) -> None:
    root = git.root
    let_hold(root, platform)
    written(review(root, "start", "docs"))
    before = git.commit(DAY)
    first = comment(root, _form(root, "platform-lead"), "dana", platform, 1)
    assert (first.result, first.closes) == ("filed", False)
    assert "Still to sign: communications-lead" in first.answer
    git.commit(DAY, first.commit)
    change = check(root, "--changed-since", before)
    assert (change.exit_code, change.stdout.count(" warning REV007 ")) == (0, 1)
    last = comment(root, _form(root, "communications-lead"), "Robin", platform, 2)
    git.commit(DAY, last.commit)
    decided = filled(last.answer.partition("```text\n")[2].partition("```")[0])
    closed = comment(root, decided, "robin", platform, 3)
    assert (closed.result, closed.closes) == ("filed", True), closed
    git.commit(DAY, closed.commit)
    assert check(root).stdout == ""
    assert "last_reviewed: 2026-11-20" in (root / "docs" / "other.md").read_text()
    meeting = record_of(root, "review.yml")["meeting"]
    assert meeting["filed_for"]["account"] == f"{platform}:robin"
    assert record_of(root, "platform-lead.yml")["filed_for"]["comment"].endswith("1")
    verified = check(root, "--verify-authors", "--select", "REV007").stdout.splitlines()
    about = [line for line in verified if REVIEW in line.partition(" ")[0]]
    filed = "cannot be verified: it was filed for a holder by someone else (no known key signed the commit)"
    assert [(" info REV007 " in line, filed in line) for line in about] == [(True, True)] * 3
    assert issues(root) == []


def test_a_comment_that_is_read_twice_is_filed_once(started: Path) -> None:
    form = _form(started, "platform-lead")
    comment(started, form, "dana")
    before = record_of(started, "platform-lead.yml")
    again = comment(started, form, "dana")
    assert again.result == "nothing"
    assert "Still to sign" in again.answer
    edited = comment(started, form.replace("Law: What", "Law: A new one. What"), "dana", status=1)
    assert "/withdraw ROLE" in edited.answer
    assert record_of(started, "platform-lead.yml") == before


def test_a_reading_can_be_withdrawn_by_a_holder_and_signed_again(started: Path) -> None:
    form = _form(started, "platform-lead")
    comment(started, form, "dana", identity=1)
    assert "does not hold" in comment(started, "/withdraw platform-lead", "robin", status=1).answer
    assert comment(started, "/withdraw platform-lead", "dana", identity=2).result == "filed"
    assert not (started / "registers" / "reviews" / REVIEW / "platform-lead.yml").exists()
    assert comment(started, form, "dana", identity=3).result == "filed"


@pytest.mark.parametrize(
    ("text", "account", "named"),
    [
        ("/sign platform-lead", "robin", "github:robin does not hold platform-lead today"),
        ("/sign platform-lead", "nobody", "(it holds no role)"),
        ("/sign legal-lead", "dana", "lists no holders of legal-lead"),
        ("/sign platfrom-lead", "dana", "did you mean 'platform-lead'?"),
        ("/sign", "dana", "no role is named"),
        ("/sign @everyone", "dana", "there is no role `@everyone`"),
        ("/sign platform-lead", "dana", "Line 1: the form lacks docs/index.md"),
        ("/withdraw platform-lead", "dana", "no open review has a reading by platform-lead"),
        ("/decide", "dana", "still to sign"),
    ],
)
def test_what_is_refused_says_why_and_files_nothing(
    started: Path, text: str, account: str, named: str
) -> None:
    before = {path: path.read_bytes() for path in started.rglob("*") if path.is_file()}
    answer = comment(started, text, account, status=1)
    assert answer.result == "refused"
    assert named in answer.answer
    assert answer.answer.startswith("<!-- handbook-answer: 1 -->\nNothing was filed.")
    assert {path: path.read_bytes() for path in started.rglob("*") if path.is_file()} == before


def test_a_text_that_changed_since_the_issue_is_read_again(started: Path) -> None:
    form = _form(started, "platform-lead")
    page = started / "docs" / "other.md"
    page.write_text(page.read_text().replace("Text.", "Another text."))
    answer = comment(started, form, "dana", status=1).answer
    assert "docs/other.md is not the text that this form was made for" in answer
    assert "docs/index.md" not in answer


def test_a_meeting_is_written_down_by_somebody_who_took_part(started: Path) -> None:
    for number, (role, account) in enumerate(HOLDERS.items()):
        answer = comment(started, _form(started, role), account, identity=number).answer
    decided = filled(answer.partition("```text\n")[2].partition("```")[0])
    assert "does not hold" in comment(started, decided, "nobody", status=1).answer
    alone = decided.replace("platform-lead, communications-lead", "platform-lead")
    assert "at least two roles" in comment(started, alone, "dana", status=1).answer
    assert comment(started, decided, "dana", identity=9).closes
    assert comment(started, decided, "dana", identity=9).closes
    assert "was closed" in comment(started, decided, "dana", identity=10, status=1).answer


@pytest.mark.parametrize("text", ["Thank you!", "> /sign platform-lead", ""])
def test_what_people_merely_say_gets_no_answer(started: Path, text: str) -> None:
    answer = comment(started, text, "dana")
    assert (answer.result, answer.answer, answer.commit) == ("nothing", "", "")


def test_a_key_is_not_replaced_by_a_comment(started: Path) -> None:
    file = started / "registers" / "owners.yml"
    file.write_text(file.read_text().replace("['github:dana']", f"['github:dana', 'SHA256:{'a' * 43}']"))
    assert "sign with a key" in comment(started, _form(started, "platform-lead"), "dana", status=1).answer


def test_issues_are_created_updated_reopened_and_closed(started: Path) -> None:
    (created,) = issues(started)
    assert (created["do"], created["review"], created["number"]) == ("create", REVIEW, None)
    assert created["title"] == f"Review of {REVIEW}: 2 pages, the first is due by 2027-04-14"
    on_github = {"number": 7, "title": created["title"], "body": created["body"], "state": "OPEN"}
    as_shown = created["body"].replace("\n", "\r\n")
    on_gitlab = {"iid": 17, "title": created["title"], "description": as_shown, "state": "opened"}
    other = {"number": 3, "title": "A question", "body": "Hello", "state": "open"}
    assert issues(started, [other, on_github]) == []
    assert issues(started, [on_gitlab]) == []
    (reopened,) = issues(started, [{**on_github, "state": "closed"}])
    assert (reopened["do"], reopened["number"]) == ("reopen", 7)
    comment(started, _form(started, "platform-lead"), "dana")
    (updated,) = issues(started, [on_github])
    assert (updated["do"], "Signed on 2026-11-20." in updated["body"]) == ("update", True)
    written(review(started, "abandon", "--as", "platform-lead", "--why", "The pages merge."))
    (closed,) = issues(started, [other, on_github])
    assert (closed["do"], closed["number"], closed["body"]) == ("close", 7, "This review is no longer open.")


def test_an_issue_asks_who_answers_the_open_questions_and_nothing_of_them_acts(started: Path) -> None:
    (quiet,) = issues(started)
    assert "What staff asked" not in quiet["body"]
    entries = [
        "{question: '@dana pays [for](https://one.org) `it`?', asked_on: 2026-11-18, page: docs/other.md}",
        "{question: Who is far?, asked_on: 2026-11-18, page: docs/far.md}",
        *(f"{{question: Number {n}?, asked_on: 2026-11-18, count: {n}}}" for n in range(2, 22)),
    ]
    register = started / "registers" / "open_questions.yml"
    register.write_text("questions:\n" + "".join(f"  - {entry}\n" for entry in entries), encoding="utf-8")
    body = issues(started)[0]["body"]
    asked = body[body.index("## What staff asked") : body.index("## The text to copy")]
    assert "- `Number 21?`: 21 times, since 2026-11-18\n" in asked
    assert asked.index("Number 21?") < asked.index("Number 2?")
    assert "@dana" not in asked
    assert "And 1 more, which `handbook questions list` shows." in asked
    (started / "registers" / "open_questions.yml").write_text(
        f"questions:\n  - {entries[0]}\n", encoding="utf-8"
    )
    body = issues(started)[0]["body"]
    assert "- `@dana pays [for](https://one.org) 'it'?`, `docs/other.md`: once, since 2026-11-18\n" in body


def test_an_issue_shows_the_changed_words_and_nothing_of_them_acts(git: Git) -> None:
    let_hold(git.root)
    hostile = "@everyone <img src=x>\n\n````\n```\n/sign platform-lead\n```\n"
    page = git.root / "docs" / "other.md"
    page.write_text(
        page.read_text().replace("Text.", hostile).replace("title: Other", "title: '@all [x](y)'")
    )
    written(review(git.root, "start", "docs"))
    (issue,) = issues(git.root)
    body = issue["body"]
    assert "<summary>Changes since 2026-10-14" not in body  # The history here begins later.
    assert "cannot be shown" in body
    assert "@all" not in body.replace("\\@all", "")


def _git_with_the_reviewed_text(git: Git) -> None:
    git("commit", "--quiet", "--amend", "--no-edit", day="2026-10-14")


def test_a_redline_is_shown_in_a_fence_that_nothing_in_it_closes(git: Git) -> None:
    _git_with_the_reviewed_text(git)
    page = git.root / "docs" / "other.md"
    page.write_text(page.read_text().replace("Text.", "Text.\n\n````\n@everyone\n````\n"))
    written(review(git.root, "start", "docs"))
    (issue,) = issues(git.root)
    _, _, shown = issue["body"].partition("<summary>Changes since 2026-10-14")
    assert "\n`````text\n" in shown
    assert "@everyone" in shown.partition("\n`````\n")[0]


def test_too_long_a_redline_is_left_out(git: Git) -> None:
    _git_with_the_reviewed_text(git)
    page = git.root / "docs" / "other.md"
    page.write_text(page.read_text().replace("Text.", "Text.\n" + "A long sentence.\n" * 5_000))
    written(review(git.root, "start", "docs"))
    (issue,) = issues(git.root)
    assert len(issue["body"]) < 60_000
    assert "too many for an issue" in issue["body"]


def test_the_issue_of_a_french_handbook_is_french(started: Path) -> None:
    file = started / "organization.yml"
    file.write_text(file.read_text().replace("languages: [en, fr]", "languages: [fr, en]"))
    (issue,) = issues(started)
    assert issue["title"].startswith(f"Relecture de {REVIEW}\N{NO-BREAK SPACE}: 2 pages")
    assert "Examiné\N{NO-BREAK SPACE}:" in issue["body"]


@pytest.mark.parametrize("data", ["", "{", '[{"number": 1}]', "[1]", "7", '{"a": 1}'])
def test_a_list_of_issues_that_is_none_is_refused(started: Path, tmp_path: Path, data: str) -> None:
    file = tmp_path / "existing.json"
    file.write_text(data)
    assert "existing.json is not a list of issues" in refused(
        review(started, "issues", "--existing", str(file))
    )


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((), "--event FILE"),
        (("--text", "TEXT"), "--account"),
        (("--text", "TEXT", "--event", "TEXT", "--account", "github:dana"), "--event FILE"),
        (("--text", "TEXT", "--account", "SHA256:" + "a" * 43), "is a key"),
        (("--text", "TEXT", "--account", "dana"), "the account is neither"),
        (("--event", "TEXT"), "is not JSON"),
        (("--text", "TEXT", "--account", "github:dana"), "no line `/sign ROLE`"),
    ],
)
def test_what_cannot_be_filed_is_a_sentence(
    started: Path, tmp_path: Path, arguments: tuple[str, ...], named: str
) -> None:
    file = tmp_path / "text.txt"
    file.write_text("Hello")
    given = [str(file) if argument == "TEXT" else argument for argument in arguments]
    assert named in refused(review(started, "comment", *given))


def test_a_mailed_text_is_filed_for_its_sender(started: Path, tmp_path: Path) -> None:
    owners = started / "registers" / "owners.yml"
    owners.write_text(owners.read_text().replace("github:dana", "dana@example.org"))
    file = tmp_path / "mail.txt"
    file.write_text(_form(started, "platform-lead") + "\nDana\n")
    shown = review(started, "comment", "--text", str(file), "--account", "Dana@example.org")
    assert shown.exit_code == 0
    assert "Not part of an answer, and not filed: line" in shown.stdout
    assert record_of(started, "platform-lead.yml")["filed_for"] == {"account": "Dana@example.org"}


def test_an_issue_about_nothing_is_left_alone(started: Path, tmp_path: Path) -> None:
    event: dict[str, Any] = {"object_kind": "push"}
    file = tmp_path / "event.json"
    file.write_text(json.dumps(event))
    result = review(started, "comment", "--event", str(file))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nothing to do" in result.stderr


@pytest.mark.parametrize(
    ("platform", "existing", "method", "path"),
    [
        ("github", {"user": {"login": "github-actions[bot]"}}, "PATCH", "issues/comments/55"),
        ("github", {"user": {"login": "dana"}}, "POST", "issues/7/comments"),
        ("gitlab", {"author": {"username": "project_5_bot_a1"}}, "PUT", "issues/17/notes/55"),
        ("gitlab", {"author": {"username": "dana"}}, "POST", "issues/17/notes"),
    ],
)
def test_an_edited_comment_has_one_answer(
    started: Path, platform: str, existing: dict[str, Any], method: str, path: str
) -> None:
    known = [{"id": 55, "body": "<!-- handbook-answer: 1 -->\nNothing was filed.", **existing}]
    event = said(platform, "nobody", "/sign platform-lead", REVIEW)
    (request,) = answered(started, event, 1, known).sent
    assert request[:2] == (method, path)


@pytest.mark.parametrize("platform", ["github", "gitlab"])
def test_a_job_sends_what_brings_issues_up_to_date(started: Path, tmp_path: Path, platform: str) -> None:
    folder, file = tmp_path / "requests", tmp_path / "existing.json"
    old = {"number": 7, "iid": 7, "title": "Old", "body": f"<!-- handbook-review: {REVIEW} -->"}
    gone = {**old, "number": 8, "iid": 8, "body": "<!-- handbook-review: gone -->", "state": "open"}
    rows = [[{**old, "state": "closed"}], [{**gone, "description": gone["body"], "labels": []}]]
    file.write_text(
        "".join(json.dumps([{**row, "description": row["body"]} for row in page]) for page in rows)
    )
    options = ("--on", platform, "--existing", str(file), "--requests", str(folder))
    written(review(started, "issues", *options))
    sent = sent_from(folder)
    change, comments = ("PATCH", "comments") if platform == "github" else ("PUT", "notes")
    places = [(change, "issues/7"), ("POST", f"issues/8/{comments}"), (change, "issues/8")]
    assert [request[:2] for request in sent] == places
    assert "is there already, so nothing was written" in refused(review(started, "issues", *options))
    file.write_text("[]")
    written(review(started, "issues", *options[:-1], str(tmp_path / "more")))
    ((method, path, body),) = sent_from(tmp_path / "more")
    assert (method, path, "handbook-review" in body["labels"]) == ("POST", "issues", True)
    text = body.get("body") or body["description"]
    assert ("To be read by @dana." in text) == (platform == "github")
    assert ("lists no account of this platform" in text) == (platform == "gitlab")


def test_the_text_of_a_form_can_be_signed_by_its_reader(started: Path, tmp_path: Path) -> None:
    file = tmp_path / "reading.txt"
    form = _form(started, "platform-lead")
    file.write_text(form.replace("- [x] keep", "- [ ] keep", 1))
    sign = ("sign", "--as", "platform-lead", "--answers", str(file))
    assert "reading.txt:3: nothing is ticked for docs/index.md" in refused(review(started, *sign))
    file.write_text(form)
    assert "is not the form of communications-lead" in refused(
        review(started, "sign", "--as", "communications-lead", "--answers", str(file))
    )
    written(review(started, *sign))
    assert "filed_for" not in record_of(started, "platform-lead.yml")
