"""How the pages stood over the last months, as a build of the site knows it."""

import datetime
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from click.testing import CliRunner

from handbook.compliance.compliance_for_build import ComplianceForBuild
from handbook.compliance.formats import as_json
from handbook.compliance.read_compliance import MOST_MONTHS, read_compliance
from handbook.git.source_repository import SourceRepository, Unavailable
from macros.plugin import expressions_of
from scripts.cli import main
from tests.conftest import PAGE, TODAY
from tests.scripts.conftest import Git

Write = Callable[[str, str | bytes], Path]


def _past(
    root: Path, today: datetime.date = TODAY, environment: Mapping[str, str] = MappingProxyType({})
) -> ComplianceForBuild:
    source = SourceRepository.from_environment(root, environment)
    return read_compliance(source, "America/New_York", today, expressions_of)


@pytest.fixture
def history(git: Git, write: Write) -> Git:
    """A page more each month; the first commit of `git` is of 1 November 2026."""
    for month in ("2026-11", "2026-12", "2027-01"):
        write(f"docs/{month}.md", PAGE.replace("2026-10-14", f"{month}-05"))
        git.commit(f"{month}-05")
    return git


def test_it_says_what_the_command_says_of_the_ends_of_the_months(
    history: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1801000000")  # 2027-01-26
    past = _past(history.root, datetime.date(2027, 1, 26))
    shown = json.loads(as_json(past.tallies))["days"]
    assert [(row["day"], row["pages"]) for row in shown] == [
        ("2026-11-30", 3),
        ("2026-12-31", 4),
        ("2027-01-26", 5),
    ]
    options = ["audit", "compliance", "--root", str(history.root), "--from", "2026-11-30", "--every", "day"]
    every = json.loads(CliRunner().invoke(main, [*options, "--format", "json"]).stdout)["days"]
    assert shown == [row for row in every if row["day"] in {entry["day"] for entry in shown}]


def test_at_most_two_years_are_shown(history: Git) -> None:
    past = _past(history.root, datetime.date(2031, 1, 5))
    assert len(past.tallies) == MOST_MONTHS
    assert past.tallies[-1].day == datetime.date(2031, 1, 5)


def test_months_before_the_first_page_are_left_out(git: Git, write: Write) -> None:
    for file in ("docs/index.md", "docs/other.md"):
        (git.root / file).unlink()
    git.commit("2026-11-02")
    write("docs/index.md", PAGE)
    git.commit("2027-01-02")
    (row,) = _past(git.root, datetime.date(2027, 1, 26)).tallies
    assert row.pages == 1


def test_the_checkout_of_an_edition_shows_the_past_of_its_commit(history: Git, tmp_path: Path) -> None:
    commit = history("rev-parse", "HEAD~1").strip()
    past = _past(
        tmp_path,
        datetime.date(2027, 1, 26),
        SourceRepository.of_checkout(history.root, commit).to_environment(),
    )
    assert [tally.pages for tally in past.tallies] == [3, 4, 4]
    assert (
        _past(tmp_path, environment={"HANDBOOK_REPOSITORY": str(history.root)}).unavailable
        is Unavailable.NO_HISTORY
    )


def test_a_copy_without_history_says_so(folder: Path, tmp_path: Path, write: Write) -> None:
    assert _past(folder).unavailable is Unavailable.NO_HISTORY
    repository = Git(tmp_path)
    assert _past(folder).unavailable is Unavailable.NO_HISTORY
    repository("commit", "--quiet", "--allow-empty", "--message", "Somebody else's")
    assert _past(folder).unavailable is Unavailable.NO_HISTORY


def test_a_clock_that_is_behind_the_first_commit_knows_no_day(git: Git) -> None:
    assert _past(git.root, datetime.date(2026, 10, 1)).unavailable is Unavailable.NO_HISTORY


def test_a_shallow_clone_does_not_show_a_short_past(history: Git, clone: Callable[..., Git]) -> None:
    assert _past(clone("--depth=1").root).unavailable is Unavailable.CUT_OFF


def test_what_git_cannot_read_stops_no_build(history: Git) -> None:
    name = history("rev-parse", "HEAD:docs/2026-12.md").strip()
    (history.root / ".git" / "objects" / name[:2] / name[2:]).unlink()
    assert _past(history.root, datetime.date(2027, 1, 25)).unavailable is Unavailable.UNREADABLE


def test_a_date_that_no_calendar_has_stops_no_build(git: Git) -> None:
    text = git("cat-file", "commit", "HEAD")
    (git.root / "odd").write_text(text.replace(text.split("> ")[2].split(" ")[0], "9" * 14))
    name = git("hash-object", "-t", "commit", "-w", "--literally", "odd").strip()
    git("update-ref", "HEAD", name)
    assert _past(git.root).unavailable is Unavailable.UNREADABLE
