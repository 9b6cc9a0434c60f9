"""`handbook review` as its users run it, from the start to a check that is clean."""

import datetime
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import PAGE
from tests.records import open_record, record_review
from tests.scripts.conftest import Git
from tests.scripts.review.rounds import (
    answers_file,
    check,
    decisions_file,
    refused,
    review,
    written,
)

pytestmark = pytest.mark.usefixtures("on_20_november")

Write = Callable[[str, str | bytes], Path]
BOTH = ("docs/index.md", "docs/other.md")
ROLES = ("platform-lead", "communications-lead", "legal-lead")


def _records(root: Path) -> list[Path]:
    """Return the folders of the reviews of the day."""
    return sorted((root / "registers" / "reviews").glob("2026-11-20-*"))


def _start(root: Path, *arguments: str) -> Path:
    """Start a review of both pages; return its folder."""
    written(review(root, "start", "docs", *arguments))
    return _records(root)[-1]


def _sign(root: Path, *roles: str, pages: tuple[str, ...] = BOTH) -> None:
    for role in roles:
        written(review(root, "sign", "--as", role, "--answers", answers_file(root, pages)))


def _close(root: Path, *arguments: str) -> str:
    return written(review(root, "close", "--decisions", decisions_file(root, BOTH), *arguments))


def _save_as_on_windows(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))


def test_a_round_keeps_windows_line_ends_and_byte_order_marks(git: Git) -> None:
    for file in (
        *git.root.glob("docs/*.md"),
        *git.root.glob("registers/*.yml"),
        git.root / "organization.yml",
    ):
        _save_as_on_windows(file)
    plan = _start(git.root, "--role", "communications-lead") / "review.yml"
    _save_as_on_windows(plan)
    _sign(git.root, "platform-lead", "communications-lead")
    _close(git.root)
    for file in (plan, *(git.root / path for path in BOTH)):
        data = file.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.count(b"\n") == data.count(b"\r\n")
        assert b"2026-11-20" in data
    assert check(git.root).exit_code == 0


def test_a_round_on_three_branches_ends_with_a_check_that_is_clean(git: Git) -> None:
    _start(git.root, "--role", "communications-lead", "--role", "legal-lead")
    git.commit()
    for role in ROLES:
        git("switch", "--quiet", "--create", role, "main")
        _sign(git.root, role)
        git.commit("2026-11-20", f"Sign as {role}")
    git("switch", "--quiet", "main")
    for role in ROLES:
        git("merge", "--quiet", "--no-ff", "--no-edit", role)
    before = {path: (git.root / path).read_bytes() for path in BOTH}
    assert "docs/other.md: last_reviewed is 2026-11-20" in _close(git.root)
    for path, page in before.items():
        assert (git.root / path).read_bytes() == page.replace(
            b"2026-10-14\n", b"2026-11-20\nlegal_review: 2026-11-20\n"
        )
    git.commit("2026-11-20")
    result = check(git.root)
    assert (result.exit_code, result.stdout) == (0, "")
    facts = json.loads(written(review(git.root, "status", "--format", "json")))
    assert facts == {"open": [], "interrupted": [], "due": []}


def test_a_date_that_is_bumped_by_hand_fails(git: Git) -> None:
    page = git.root / "docs" / "other.md"
    page.write_text(page.read_text().replace("2026-10-14", "2026-11-03"))
    result = check(git.root)
    assert result.exit_code == 1
    assert "docs/other.md:5:16: error REV005" in result.stdout
    assert "write 2026-10-14" in result.stdout


def test_a_sentence_that_changed_after_the_review_is_a_warning(git: Git) -> None:
    page = git.root / "docs" / "other.md"
    page.write_text(page.read_text().replace("Text.", "Text, with an exception."))
    result = check(git.root)
    assert result.exit_code == 0
    assert "docs/other.md:8:1: warning REV006" in result.stdout
    assert check(git.root, "--fail-on", "warning").exit_code == 1


def test_ten_pages_closed_in_a_day_with_the_same_words_are_a_warning(git: Git, write: Write) -> None:
    pages = tuple(f"docs/page-{number}.md" for number in range(10))
    for page in pages:
        write(page, PAGE)
    written(review(git.root, "start", "--spread", "2", *(str(git.root / page) for page in pages)))
    halves = [pages[:5], pages[5:]]
    for file, half in zip(_records(git.root), halves, strict=True):
        for role in ROLES[:2]:
            given = answers_file(git.root, half)
            written(review(git.root, "sign", "--as", role, "--answers", given, "--review", file.stem))
        decided = Path(decisions_file(git.root, half))
        decided.write_text(
            decided.read_text().replace("What docs", "# What docs").replace("reason: # ", "reason: same # ")
        )
        written(review(git.root, "close", "--review", file.stem, "--decisions", str(decided)))
    result = check(git.root)
    assert result.exit_code == 0
    assert "warning REV009 10 pages were decided on 2026-11-20" in result.stdout
    assert "REV005" not in result.stdout


def test_a_reading_dated_after_the_meeting_fails(git: Git) -> None:
    _start(git.root)
    _sign(git.root, *ROLES[:2])
    reason = refused(
        review(git.root, "close", "--on", "2026-11-19", "--decisions", decisions_file(git.root, BOTH))
    )
    assert "- platform-lead read on 2026-11-20" in reason
    _close(git.root)
    record = _records(git.root)[0] / "review.yml"
    record.write_text(record.read_text().replace("  date: 2026-11-20\n  took", "  date: 2026-11-19\n  took"))
    result = check(git.root, "--select", "REV007")
    assert result.exit_code == 1
    assert "REV007 communications-lead read on 2026-11-20" in result.stdout


def _seen(root: Path) -> list[Path]:
    """Return what lies in a folder, but for what Python and the commands keep of their own."""
    own = {"__pycache__", ".cache"}
    return sorted(path for path in root.rglob("*") if not own.intersection(path.parts))


@pytest.mark.parametrize("name", ["../../docs/evil", "two words", "a/b", ".hidden", "", "..", "x.yml"])
def test_a_name_that_a_file_cannot_have_is_refused(git: Git, name: str) -> None:
    before = _seen(git.root)
    if name:
        assert f"'{name}'" in refused(review(git.root, "start", "docs", "--name", name))
    assert _seen(git.root) == before


def test_a_second_review_of_the_day_gets_a_name_of_its_own(git: Git) -> None:
    written(review(git.root, "start", str(git.root / "docs/index.md"), "--name", "spring"))
    written(review(git.root, "start", str(git.root / "docs/other.md"), "--name", "spring"))
    assert [file.name for file in _records(git.root)] == ["2026-11-20-spring", "2026-11-20-spring-2"]
    reason = refused(
        review(git.root, "sign", "--as", "platform-lead", "--answers", answers_file(git.root, BOTH))
    )
    assert "(2026-11-20-spring, 2026-11-20-spring-2)" in reason
    assert "open review" in refused(review(git.root, "start", "docs"))


def test_who_may_not_sign_learns_why(git: Git) -> None:
    _start(git.root)
    given = answers_file(git.root, BOTH)
    assert "did you mean 'legal-lead'?" in refused(
        review(git.root, "sign", "--as", "legal-leed", "--answers", given)
    )
    reason = refused(review(git.root, "sign", "--as", "people-lead", "--answers", given))
    assert "`handbook review add-reader people-lead --review 2026-11-20-docs`" in reason
    _sign(git.root, "platform-lead")
    again = refused(review(git.root, "sign", "--as", "platform-lead", "--answers", given))
    assert "already signed" in again
    reason = refused(review(git.root, "close", "--decisions", decisions_file(git.root, BOTH)))
    assert "communications-lead" in reason


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("verdict: keep", "verdict: kept", "'keep', 'change' or 'retire'"),
        ("note: Tried what docs/index.md says.", "note: ' '", "'pages.docs/index.md.note'"),
        ("docs/index.md:", "docs/indx.md:", "docs/index.md"),
        ("pages:", "pages: [", "answers.yml:"),
        ("legal:", "leagl:", "did you mean 'legal'?"),
    ],
)
def test_wrong_answers_are_named_and_nothing_is_signed(git: Git, old: str, new: str, named: str) -> None:
    record = _start(git.root)
    given = Path(answers_file(git.root, BOTH))
    assert old in given.read_text()
    given.write_text(given.read_text().replace(old, new, 1))
    result = review(git.root, "sign", "--as", "platform-lead", "--answers", str(given))
    assert named in refused(result)
    assert [file.name for file in record.iterdir()] == ["review.yml"]


def test_a_page_that_changed_after_it_was_read_is_not_unchanged(git: Git) -> None:
    _start(git.root)
    _sign(git.root, *ROLES[:2])
    page = git.root / "docs" / "other.md"
    page.write_text(page.read_text().replace("Text.", "Better text."))
    reason = refused(review(git.root, "close", "--decisions", decisions_file(git.root, BOTH)))
    assert "docs/other.md" in reason
    assert "changed or retired" in reason
    decided = decisions_file(git.root, BOTH, "changed")
    written(review(git.root, "close", "--decisions", decided))
    assert check(git.root).stdout == ""


def test_a_retired_page_is_to_be_deleted(git: Git) -> None:
    _start(git.root)
    _sign(git.root, *ROLES[:2])
    decided = Path(decisions_file(git.root, BOTH))
    decided.write_text(decided.read_text().replace("outcome: unchanged", "outcome: retired", 1))
    shown = written(review(git.root, "close", "--decisions", str(decided)))
    assert "docs/index.md: retired" in shown
    findings = check(git.root).stdout
    assert "docs/index.md:5:16: error REV005 the review of 2026-11-20 retired" in findings
    (git.root / "docs" / "index.md").unlink()
    assert check(git.root).stdout == ""


def test_a_page_that_is_gone_can_only_be_retired(git: Git) -> None:
    _start(git.root)
    _sign(git.root, *ROLES[:2])
    (git.root / "docs" / "index.md").unlink()
    reason = refused(review(git.root, "close", "--decisions", decisions_file(git.root, BOTH)))
    assert "docs/index.md" in reason
    assert "retired" in reason


def test_a_page_that_moved_says_so_and_is_recorded(git: Git) -> None:
    git("mv", "docs/other.md", "docs/moved.md")
    findings = check(git.root).stdout
    assert "`handbook review editorial docs/moved.md --moved-from docs/other.md" in findings
    moved = ("--moved-from", "docs/other.md", "--as", "platform-lead", "--why", "It stands by its topic.")
    written(review(git.root, "editorial", str(git.root / "docs/moved.md"), *moved))
    assert check(git.root).stdout == ""


def test_a_page_that_cannot_be_stamped_stops_the_closing_before_anything_is_written(git: Git) -> None:
    record = _start(git.root) / "review.yml"
    _sign(git.root, *ROLES[:2])
    page = git.root / "docs" / "other.md"
    page.write_text(page.read_text().replace("last_reviewed: 2026-10-14", "last_reviewed: |\n  2026-10-14"))
    before = record.read_bytes()
    reason = refused(review(git.root, "close", "--decisions", decisions_file(git.root, BOTH)))
    assert "docs/other.md" in reason
    assert record.read_bytes() == before
    assert "2026-10-14" in (git.root / "docs" / "index.md").read_text()


def test_a_closing_that_was_interrupted_is_shown_and_finished(git: Git) -> None:
    _start(git.root)
    _sign(git.root, *ROLES[:2])
    page = (git.root / "docs" / "other.md").read_text()
    _close(git.root)
    (git.root / "docs" / "other.md").write_text(page)
    shown = written(review(git.root, "status"))
    assert "docs/other.md" in shown
    assert "`handbook review close --review 2026-11-20-docs`" in shown
    assert json.loads(written(review(git.root, "status", "--format", "json")))["interrupted"] == [
        {"review": "registers/reviews/2026-11-20-docs/review.yml", "pages": ["docs/other.md"]}
    ]
    assert "meeting of 2026-11-20" in refused(review(git.root, "close", "--on", "2026-11-19"))
    assert "docs/other.md: last_reviewed is 2026-11-20" in written(review(git.root, "close"))
    assert check(git.root).stdout == ""


def test_closing_an_older_review_again_takes_nothing_back(git: Git) -> None:
    _start(git.root)
    _sign(git.root, *ROLES[:2])
    _close(git.root)
    before = (git.root / "docs" / "other.md").read_bytes()
    written(review(git.root, "close", "--review", "2026-10-14-handbook"))
    assert (git.root / "docs" / "other.md").read_bytes() == before


def test_status_names_who_is_missing_and_what_is_due(git: Git, write: Write) -> None:
    write("docs/old.md", PAGE.replace("2026-10-14", "2026-05-01"))
    record_review(git.root, "docs/old.md", "2026-05-01")
    _start(git.root)
    _sign(git.root, "platform-lead", pages=(*BOTH, "docs/old.md"))
    write("docs/new.md", PAGE.replace("last_reviewed: 2026-10-14\n", ""))
    lines = written(review(git.root, "status")).splitlines()
    assert lines[0].startswith("registers/reviews/2026-11-20-docs/review.yml: 3 pages")
    assert lines[0].endswith(" communications-lead")
    assert [line.partition(":")[0] for line in lines[1:]] == ["docs/new.md", "docs/old.md"]
    assert lines[1].endswith(", in no open review")
    assert lines[2].endswith("2026-11-01, platform-lead")
    facts = json.loads(written(review(git.root, "status", "--format", "json")))
    assert facts["open"][0]["missing"] == ["communications-lead"]
    assert [(due["page"], due["due"], due["review"]) for due in facts["due"]] == [
        ("docs/new.md", None, None),
        ("docs/old.md", "2026-11-01", "registers/reviews/2026-11-20-docs/review.yml"),
    ]


def test_a_lawyer_reads_policy_and_their_day_is_stamped(git: Git, write: Write) -> None:
    write("docs/policy/work.md", PAGE)
    shown = written(review(git.root, "start", "--on", "2026-11-18", str(git.root / "docs/policy")))
    assert "read by platform-lead, communications-lead, legal-lead" in shown
    early = ("sign", "--as", "legal-lead", "--on", "2026-11-17")
    given = answers_file(git.root, ["docs/policy/work.md"])
    assert "2026-11-18" in refused(review(git.root, *early, "--answers", given))
    days = ("2026-11-20", "2026-11-19", "2026-11-18")
    for role, day in zip(ROLES, days, strict=True):
        given = answers_file(git.root, ["docs/policy/work.md"])
        written(review(git.root, "sign", "--as", role, "--on", day, "--answers", given))
    written(review(git.root, "close", "--decisions", decisions_file(git.root, ["docs/policy/work.md"])))
    stamped = PAGE.replace("2026-10-14\n", "2026-11-20\nlegal_review: 2026-11-18\n")
    assert (git.root / "docs" / "policy" / "work.md").read_text() == stamped
    assert check(git.root).stdout == ""


@pytest.mark.parametrize("command", [["start", "docs"], ["sign", "--as", "platform-lead"], ["close"]])
def test_a_day_in_the_future_is_refused(git: Git, command: list[str]) -> None:
    _start(git.root, "--name", "first")
    _sign(git.root, *(ROLES[:2] if command == ["close"] else []))
    files = {
        "sign": ["--answers", answers_file(git.root, BOTH)],
        "close": ["--decisions", decisions_file(git.root, BOTH)],
    }
    reason = refused(review(git.root, *command, *files.get(command[0], []), "--on", "2026-11-21"))
    assert "2026-11-21" in reason


def test_an_open_record_in_one_file_is_still_signed_and_closed(git: Git, write: Write) -> None:
    day = datetime.date(2026, 11, 20)
    file = write("registers/reviews/2026-11-20-old.yml", open_record(BOTH, ROLES[:2], day))
    _sign(git.root, *ROLES[:2])
    assert file.read_text().count("note: Tried what") == 4
    _close(git.root)
    assert check(git.root).stdout == ""
    assert _records(git.root) == [file]


def test_a_day_of_the_past_knows_the_reviews_of_that_day(git: Git) -> None:
    _start(git.root)
    _sign(git.root, *ROLES[:2])
    _close(git.root)
    git.commit("2026-11-20")
    result = check(git.root, "--as-of", "2026-11-20")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "REV005" not in check(git.root, "--as-of", "2026-11-19").stdout


def test_a_job_starts_nothing_if_nothing_is_due(folder: Path) -> None:
    assert "no page is due" in refused(review(folder, "start"))
    assert "No review was started: no page is due" in written(review(folder, "start", "--if-due"))
    assert _records(folder) == []


def test_a_page_without_an_owner_gets_one_before_its_review(folder: Path) -> None:
    page = folder / "docs" / "other.md"
    page.write_text(page.read_text().replace("owner: platform-lead\n", ""))
    said = refused(review(folder, "start", "docs/other.md"))
    assert "name a role from registers/owners.yml as its `owner`" in said
