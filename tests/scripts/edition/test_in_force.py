"""`handbook edition in-force` on a day on which readers saw several editions."""

import pytest

from tests.scripts.conftest import Git
from tests.scripts.edition.commands import data, edition


@pytest.fixture
def replaced(source: Git, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Edition 2026.1, and 2026.2, which replaces it on the same day at half past three."""
    for moment in ("2026-11-20T14:12:00+00:00", "2026-11-20T20:30:00+00:00"):
        monkeypatch.setenv("GIT_COMMITTER_DATE", moment)
        assert edition(source, "publish").exit_code == 0
    return source


def test_an_edition_that_was_live_for_part_of_a_day_is_named_with_its_hours(
    replaced: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795276800")  # 2026-11-21
    text = edition(replaced, "in-force", "2026-11-20").stdout
    assert text.startswith("2026.2, in force from 2026-11-20")
    assert "latest led to 2026.1 from 09:12 to 15:30 (EST)" in text
    assert "latest led to 2026.2 from 15:30 to 24:00 (EST)" in text
    live = data(replaced, "in-force", "2026-11-20")["live"]
    assert [(row["target"], row["from"]) for row in live] == [
        ("2026.1", "2026-11-20T09:12:00-05:00"),
        ("2026.2", "2026-11-20T15:30:00-05:00"),
    ]


def test_of_a_day_that_is_not_over_no_more_is_said_than_is_known(replaced: Git) -> None:
    today = edition(replaced, "in-force", "2026-11-20").stdout
    assert "latest led to 2026.2 from 15:30 until now (EST)" in today
    assert [row["to"] is None for row in data(replaced, "in-force", "2026-11-20")["live"]] == [False, True]
    assert "still to come" not in today
    later = edition(replaced, "in-force", "2026-11-21").stdout
    assert "2026-11-21 is still to come: an edition that takes effect before then changes this\n" in later


def test_on_a_day_with_one_edition_no_hours_are_shown(replaced: Git) -> None:
    assert "latest led" not in edition(replaced, "in-force", "2026-11-21").stdout
    assert data(replaced, "in-force", "2026-11-21")["live"] == []


def test_the_last_day_of_the_calendar_is_a_day(replaced: Git) -> None:
    assert data(replaced, "in-force", "9999-12-31")["live"] == []
