"""A reading that is taken back, a reader who is added, a review that is given up: before the meeting."""

import datetime
import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.files.tree import Folder
from handbook.registers.dissents import dissents
from handbook.registers.review_index import load_reviews
from handbook.registers.review_records import ReviewFile
from tests.records import open_record
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
PAGES = ("docs/index.md", "docs/other.md")
ROLES = ("platform-lead", "communications-lead")
OLD = "registers/reviews/2026-11-20-old.yml"


@pytest.fixture(params=["folder", "one file"])
def started(request: pytest.FixtureRequest, folder: Path, write: Write) -> Path:
    """A handbook with an open review of both pages, as it is stored now, and as it was at first."""
    if request.param == "folder":
        written(review(folder, "start", "docs"))
    else:
        write(OLD, open_record(PAGES, ROLES, datetime.date(2026, 11, 20)))
    return folder


def _review(root: Path) -> ReviewFile:
    """Return the newest review."""
    return list(load_reviews(Folder(root)).files)[-1]


def _sign(root: Path, *roles: str, pages: tuple[str, ...] = PAGES, verdict: str = "keep") -> None:
    given = Path(answers_file(root, pages))
    given.write_text(given.read_text().replace("verdict: keep", f"verdict: {verdict}"))
    for role in roles:
        written(review(root, "sign", "--as", role, "--answers", str(given)))


def test_a_reading_can_be_taken_back_and_made_again(started: Path) -> None:
    before = (started / _review(started).path).read_text()
    _sign(started, *ROLES)
    assert "withdrawn" in written(review(started, "withdraw", "--as", "platform-lead"))
    readings = _review(started).record.readings
    assert [role for role, reading in readings.items() if reading] == ["communications-lead"]
    written(review(started, "withdraw", "--as", "communications-lead"))
    assert (started / _review(started).path).read_text() == before
    assert "platform-lead" in refused(review(started, "withdraw", "--as", "platform-lead"))
    _sign(started, *ROLES)
    written(review(started, "close", "--decisions", decisions_file(started, PAGES)))
    assert check(started).stdout == ""
    assert "platform-lead" in refused(review(started, "withdraw", "--as", "platform-lead"))


def test_a_reader_can_be_added(started: Path) -> None:
    written(review(started, "add-reader", "legal-lead"))
    assert _review(started).pages_of("legal-lead") == [*PAGES]
    _sign(started, *ROLES, "legal-lead")
    reason = refused(review(started, "add-reader", "legal-lead"))
    assert "`handbook review withdraw --as legal-lead" in reason
    written(review(started, "close", "--decisions", decisions_file(started, PAGES)))
    assert check(started).stdout == ""


def test_a_reader_can_be_added_to_one_page(folder: Path) -> None:
    written(review(folder, "start", "docs"))
    written(review(folder, "add-reader", "legal-lead", PAGES[1]))
    assert _review(folder).readers_of(PAGES[0]) == list(ROLES)
    assert _review(folder).readers_of(PAGES[1]) == [*ROLES, "legal-lead"]
    assert "already" in refused(review(folder, "add-reader", "legal-lead", PAGES[1]))
    assert "did you mean" in refused(review(folder, "add-reader", "legal-lead", "docs/othr.md"))
    _sign(folder, "legal-lead", pages=PAGES[1:])


def test_a_review_that_is_not_open_is_said_to_be_called_otherwise(started: Path) -> None:
    message = refused(review(started, "sign", "--as", "platform-lead", "--review", "docs"))
    assert f"no open review is called 'docs'; choose from {_review(started).name}" in message


def test_a_list_of_readers_with_lines_of_its_own_gets_one_more_line(folder: Path, write: Write) -> None:
    listed = "started: 2026-11-20\npages:\n  docs/index.md:\n  - platform-lead # owner\nmeeting:\n"
    file = write("registers/reviews/2026-11-20-mine/review.yml", listed)
    written(review(folder, "add-reader", "legal-lead"))
    assert file.read_text() == listed.replace("# owner\n", "# owner\n  - legal-lead\n")


def test_an_abandoned_review_stays_with_its_reason(started: Path) -> None:
    _sign(started, "platform-lead")
    why = ("--as", "communications-lead", "--why", "The pages are being merged: a new review follows.")
    assert "on one line" in refused(review(started, "abandon", *why[:3], "a\nb"))
    written(review(started, "abandon", *why))
    abandoned = _review(started).record
    assert abandoned.abandoned
    assert (abandoned.abandoned.reason, abandoned.abandoned.by) == (why[3], why[1])
    assert abandoned.readings["platform-lead"]
    assert check(started).stdout == ""
    assert "no review is open" in refused(review(started, "close"))
    assert "to close" in refused(review(started, "close", "--review", _review(started).name))
    written(review(started, "start", "docs"))


def test_a_review_is_not_both_closed_and_abandoned(started: Path) -> None:
    _sign(started, *ROLES)
    written(review(started, "close", "--decisions", decisions_file(started, PAGES)))
    file = started / _review(started).path
    lines = len(file.read_text().splitlines())
    file.write_text(f"{file.read_text()}abandoned: {{date: 2026-11-20, by: x, reason: None.}}\n")
    output = check(started, "--select", "REV007").stdout
    assert f"{_review(started).path}:{lines + 1}:1: error REV007" in output


def test_a_verdict_that_the_meeting_did_not_follow_is_named(started: Path) -> None:
    _sign(started, ROLES[0])
    _sign(started, ROLES[1], verdict="retire")
    written(review(started, "close", "--decisions", decisions_file(started, PAGES)))
    named = [
        (dissent.page, dissent.role, dissent.verdict, dissent.words)
        for dissent in dissents([_review(started)])
    ]
    assert named == [(page, ROLES[1], "retire", f"Tried what {page} says.") for page in PAGES]


def test_a_reading_that_cannot_be_deleted_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(review(folder, "start", "docs"))
    _sign(folder, "platform-lead")

    def refuse(_file: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    assert "platform-lead.yml" in refused(review(folder, "withdraw", "--as", "platform-lead"))
    assert _review(folder).record.readings["platform-lead"]
