"""A commit counts on a day that is possible, along first parents."""

import datetime
import json
from pathlib import Path

import pytest

from handbook.editions.manifest import Manifest
from handbook.git.repository import Repository
from handbook.history.commit_dates import CommitDays, commit_days
from handbook.history.formats import FORMATS
from handbook.history.page_history import HistoryQuery, read_history
from tests.scripts.conftest import Git

TODAY = datetime.date(2026, 11, 20)


def _days(git: Git) -> CommitDays:
    with Repository(git.root) as repository:
        return commit_days(repository, repository.first_parents("main")[::-1], "UTC", TODAY)


@pytest.mark.parametrize(
    ("dates", "counted", "why"),
    [
        (["2026-11-02", "2026-11-03"], [2, 3], []),
        (["2026-11-05", "2026-11-03", "2026-11-06"], [5, 5, 6], ["before its parent"]),
        (["2026-11-05", "2027-11-05", "2026-11-06"], [5, 5, 6], ["in the future"]),
        (["2026-11-05", "2026-11-05T11:00:00+00:00"], [5, 5], []),
    ],
)
def test_days_never_run_backward(git: Git, dates: list[str], counted: list[int], why: list[str]) -> None:
    for date in dates:
        git.commit(date)
    dated = _days(git)
    assert [day.day for day in dated.days] == [1, *counted]
    assert [commit.why for commit in dated.misdated] == why


def test_a_first_commit_from_the_future_counts_with_the_first_possible_one(folder: Path) -> None:
    git = Git(folder)
    git.commit("2027-01-01")
    assert [day.year for day in _days(git).days] == [2027]
    git.commit("2026-11-03")
    git.commit("2026-11-04")
    assert [day.day for day in _days(git).days] == [3, 3, 4]


def test_a_commit_is_not_later_than_an_edition_that_has_it(git: Git) -> None:
    git.commit("2026-11-05")
    forged = git.commit("2026-11-19")
    git("tag", "--annotate", "--message", "Edition 2026.1", "edition-2026.1", day="2026-11-07")
    git.commit("2026-11-18")
    dated = _days(git)
    assert [day.day for day in dated.days] == [1, 5, 5, 18]
    assert [(commit.commit, commit.why) for commit in dated.misdated] == [
        (forged, "after an edition that has it")
    ]


def test_a_tag_that_was_made_anew_with_an_older_day_moves_nothing(git: Git) -> None:
    """The manifest says when its edition was published, and sums that were kept cover it."""
    day = datetime.date(2026, 11, 7)
    source = git.commit(day.isoformat())
    manifest = Manifest(
        edition="2026.1", commit=source, published=day, effective=day, pages=(), files={}
    ).as_bytes()
    git("switch", "--quiet", "--orphan", "gh-pages")
    (git.root / "2026.1").mkdir()
    (git.root / "2026.1" / "edition.json").write_bytes(manifest)
    git.commit(day.isoformat())
    git("switch", "--quiet", "main")
    git("tag", "--annotate", "--message", "Edition", "edition-2026.1", source, day="2026-03-03")
    dated = _days(git)
    assert ([day.day for day in dated.days], dated.misdated) == ([1, 7], ())


def test_a_tag_without_a_day_sets_no_limit(git: Git) -> None:
    git.commit("2026-11-05")
    git("tag", "edition-2026.1")
    assert not _days(git).misdated


def test_the_history_has_the_day_that_counts_and_names_the_commit(git: Git) -> None:
    (git.root / "docs" / "index.md").write_text("Forged.\n")
    forged = git.commit("2026-10-01")
    with Repository(git.root) as repository:
        history = read_history(repository, "main", HistoryQuery("UTC", today=TODAY))
        (change, _) = history.pages["docs/index.md"].changes
        shown = {name: form(history, lambda _: []) for name, form in FORMATS.items()}
    assert (change.commit, change.day) == (forged, datetime.date(2026, 11, 1))
    assert json.loads(shown["json"])["misdated"] == [
        {"commit": forged, "day": "2026-10-01", "counts_on": "2026-11-01", "why": "before its parent"}
    ]
    assert all("2026-10-01" in text for text in shown.values())
