"""`handbook audit compliance`: pages in order over time, from one pass over the history."""

import datetime
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from handbook.compliance.tally import PageState, standing_on
from handbook.git.repository import Repository
from handbook.history.past_handbook import handbook_of_day
from scripts.cli import main
from scripts.site.publication import read_handbook
from tests.conftest import PAGE, REVIEWED, TODAY
from tests.records import ROLES, folder_of_record, page_at, record, record_review, texts_of
from tests.scripts.conftest import Git

pytestmark = pytest.mark.usefixtures("on_20_november")

Write = Callable[[str, str | bytes], Path]


def _audit(folder: Path, *arguments: str) -> Result:
    options = ["audit", "compliance", "--root", str(folder), *arguments]
    return CliRunner().invoke(main, options, catch_exceptions=False)


def _days(folder: Path, *arguments: str) -> list[dict[str, Any]]:
    result = _audit(folder, "--format", "json", *arguments)
    assert result.exit_code == 0, result.stderr
    days: list[dict[str, Any]] = json.loads(result.stdout)["days"]
    return days


@pytest.fixture
def history(git: Git, write: Write) -> Git:
    """Pages come, age, move, hide, and go, on the main branch and by a merge."""
    config = git.root / "mkdocs.yml"
    write("docs/old.md", PAGE.replace("2026-10-14", "2026-05-03"))
    write("docs/one/README.md", PAGE)
    write("docs/other.fr.md", PAGE)
    (git.root / "docs" / "linked.md").symlink_to("old.md")
    git.commit("2026-11-02")
    write("docs/one/index.md", "no front matter")
    write("docs/other.de.md", PAGE)
    write("docs/old.md", PAGE)
    record_review(git.root, "docs/old.md", "2026-10-14")
    git.commit("2026-11-04")
    config.write_text(config.read_text() + "exclude_docs: |\n  other*\n")
    git.commit("2026-11-05")
    git("switch", "--quiet", "--create", "work")
    write("docs/late.md", PAGE.replace("2026-10-14", "2026-11-08"))
    (git.root / "docs" / "one" / "index.md").unlink()
    git.commit("2026-11-06")
    git("switch", "--quiet", "main")
    git("mv", "docs/old.md", "docs/moved.md")
    git.commit("2026-11-07")
    git("merge", "--quiet", "--no-ff", "--no-edit", "work", day="2026-11-07")
    organization = git.root / "organization.yml"
    organization.write_text(organization.read_text("utf-8").replace("[en, fr]", "[en]").replace("{en", "{fr"))
    git.commit("2026-11-10")
    return git


def test_each_day_agrees_with_the_handbook_of_that_day(history: Git) -> None:
    organization = history.root / "organization.yml"
    organization.write_text(history("show", "HEAD~1:organization.yml"))
    shown = {row["day"]: row for row in _days(history.root, "--from", "2026-10-30", "--every", "day")}
    _, context = read_handbook(history.root)
    with Repository(history.root) as repository:
        for day in range(1, 10):
            date = datetime.date(2026, 11, day)
            past = handbook_of_day(repository, date, date, None, context.expressions_of)
            expected = Counter(standing_on(past.last_review(page), date) for page in past.pages)
            row = shown[date.isoformat()]
            assert {standing: row[standing.name.lower()] for standing in PageState} == {
                standing: expected[standing] for standing in PageState
            }, date
    assert shown["2026-10-31"]["pages"] == 0
    assert shown["2026-11-03"]["overdue"] == 0
    assert len({row["pages"] for row in shown.values()}) > 3


def test_a_page_without_a_change_ages(git: Git, write: Write) -> None:
    write("docs/old.md", PAGE.replace("2026-10-14", "2026-05-08"))
    record_review(git.root, "docs/old.md", "2026-05-08")
    git.commit("2026-11-02")
    days = _days(git.root, "--from", "2026-11-06", "--to", "2026-11-10", "--every", "day")
    assert [row["overdue"] for row in days] == [0, 0, 0, 1, 1]
    assert days[-1]["share"] == 0.6667


def test_a_page_is_in_order_only_while_its_text_is_the_reviewed_one(git: Git, write: Write) -> None:
    record_file = git.root / "registers" / "reviews" / "2026-10-14-handbook.yml"
    whole = record_file.read_text("utf-8")
    write("docs/other.md", PAGE.replace("Text.", "Another text."))
    git.commit("2026-11-03")
    record_file.unlink()
    git.commit("2026-11-04")
    record_file.write_text("readings: 3", encoding="utf-8")
    git.commit("2026-11-05")
    record_file.write_text(whole, encoding="utf-8")
    git.commit("2026-11-06")
    days = _days(git.root, "--from", "2026-11-02", "--to", "2026-11-06", "--every", "day")
    states = ("in_order", "changed", "unreviewed", "unknown")
    assert [[row[state] for state in states] for row in days] == [
        [2, 0, 0, 0],
        [1, 1, 0, 0],
        [0, 0, 2, 0],
        [0, 0, 0, 2],
        [1, 1, 0, 0],
    ]


def test_a_past_review_in_a_folder_counts_from_the_day_of_its_files(git: Git) -> None:
    texts = texts_of(page_at(git.root, path) for path in ("docs/index.md", "docs/other.md"))
    old = git.root / "registers" / "reviews" / "2026-10-14-handbook.yml"
    old.unlink()
    git.commit("2026-11-03")
    folder = old.with_suffix("")
    folder.mkdir()
    for name, text in folder_of_record(texts, REVIEWED, ROLES).items():
        (folder / name).write_text(text, encoding="utf-8")
    git.commit("2026-11-04")
    (folder / "review.yml").unlink()
    git.commit("2026-11-05")
    days = _days(git.root, "--from", "2026-11-02", "--to", "2026-11-05", "--every", "day")
    states = ("in_order", "unreviewed", "unknown")
    assert [[row[state] for state in states] for row in days] == [[2, 0, 0], [0, 2, 0], [2, 0, 0], [0, 0, 2]]


def test_what_a_page_shows_of_a_register_is_part_of_its_text(git: Git, write: Write) -> None:
    write("docs/other.md", PAGE.replace("Text.", "Within {{ organization.reply_target }}."))
    handbook, _ = read_handbook(git.root, TODAY)
    page = handbook.page("docs/other.md")
    assert page
    write("registers/reviews/2026-10-14-other.yml", record({page.path: handbook.fingerprint(page)}, REVIEWED))
    git.commit("2026-11-03")
    organization = (git.root / "organization.yml").read_text("utf-8")
    write("organization.yml", organization.replace("one working day", "one year"))
    git.commit("2026-11-05")
    days = _days(git.root, "--from", "2026-11-04", "--to", "2026-11-05", "--every", "day")
    assert [[row[state] for state in ("in_order", "changed", "unknown")] for row in days] == [
        [2, 0, 0],
        [1, 1, 0],
    ]


def test_a_commit_that_is_dated_before_its_parent_changes_no_past_day(git: Git, write: Write) -> None:
    write("docs/one.md", PAGE)
    git.commit("2026-11-18")
    write("docs/two.md", PAGE)
    late = git.commit("2026-11-10")
    days = _days(git.root, "--from", "2026-11-09", "--to", "2026-11-18", "--every", "day")
    assert [row["pages"] for row in days] == [2] * 9 + [4]
    result = _audit(git.root, "--from", "2026-11-09")
    assert late[:7] in result.stderr
    assert "before its parent" in result.stderr


def test_a_commit_from_the_future_counts_on_the_day_of_its_parent(git: Git, write: Write) -> None:
    write("docs/one.md", PAGE)
    git.commit("2027-03-01")
    write("docs/two.md", PAGE)
    git.commit("2026-11-10")
    days = _days(git.root, "--from", "2026-10-31", "--to", "2026-11-11", "--every", "day")
    assert [row["pages"] for row in days] == [0] + [3] * 9 + [4] * 2
    assert "in the future" in _audit(git.root, "--from", "2026-11-09").stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--from", "2026-11-10", "--to", "2026-11-01"], ["2026-11-10 is after 2026-11-01"]),
        (["--from", "2026-11-10", "--to", "2027-11-01"], ["2027-11-01", "2026-11-20"]),
        (["--from", "1990-01-01", "--every", "day"], ["13,473 days", "--from", "--every month"]),
        (["--from", "soon"], ["'soon'", "write for example"]),
        ([], ["'--from'"]),
        (["--from", "2026-11-01", "--branch", "nowhere"], ["revision 'nowhere'"]),
    ],
)
def test_what_cannot_be_shown_is_a_sentence(git: Git, arguments: list[str], words: list[str]) -> None:
    result = _audit(git.root, *arguments)
    assert result.exit_code == 2
    assert all(word in result.stderr for word in words)


def test_days_before_the_history_are_said_to_be_unknown(git: Git) -> None:
    early = _audit(git.root, "--from", "2026-01-01", "--every", "month")
    assert (
        "the history here begins on 2026-11-01; what pages said before that day is not known" in early.stderr
    )
    assert "not known" not in _audit(git.root, "--from", "2026-11-01").stderr


def test_a_shallow_clone_does_not_show_too_few_pages(history: Git, clone: Callable[..., Git]) -> None:
    history("checkout", "--quiet", "HEAD~1", "--", "organization.yml")
    history.commit("2026-11-10")
    result = _audit(clone("--depth=2").root, "--from", "2026-11-01")
    assert result.exit_code == 2
    assert "git fetch --unshallow" in result.stderr
