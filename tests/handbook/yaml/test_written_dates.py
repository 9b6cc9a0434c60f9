"""A value that is not a date is told the day that was meant."""

import pytest

from handbook.yaml.located import read_mapping
from handbook.yaml.written_dates import explain_date


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ('"2026-11-20"', "quotes"),
        ("'2026-11-20'", "quotes"),
        ("“2026-11-20”", "quotes"),
        ("[2026-11-20]", "brackets"),
        ("2026-11-20T10:00", "time of day"),
        ("2026-11-20 10:00:00", "time of day"),
        ("2026-11-20T10:00:00.000Z", "time of day"),
        ("2026-11-20 10:00:00 +02:00", "time of day"),
        ('"2026-11-20T10:00"', "time of day"),
        ("2026-11-20T25:00:00", "time of day"),
        ("٢٠٢٦-11-20", "digits"),
        ("２０２６-１１-２０", "digits"),
        ("20.11.2026", "not a date"),
        ("20/11/2026", "not a date"),
        ("11/20/2026", "not a date"),
        ("20-11-2026", "not a date"),
        ("2026/11/20", "not a date"),
        ("2026.11.20", "not a date"),
        ("2026–11–20", "not a date"),
        ("2026-11-20.", "not a date"),
        ("2026-11-20Z", "not a date"),
        ("20261120", "not a date"),
        ("Nov 20, 2026", "not a date"),
        ("Friday, November 20th, 2026", "not a date"),
        ("le 20 novembre 2026", "not a date"),
        ("20. November 2026", "not a date"),
        ("2026-20-11", "no calendar"),
    ],
)
def test_a_day_in_another_form_is_written_out(written: str, reason: str) -> None:
    sentence = _explained(written)
    assert reason in sentence
    assert sentence.endswith("; write 2026-11-20")


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("10/11/2026", "2026-11-10 or 2026-10-11"),
        ("2026-1-5", "2026-01-05"),
        ("1er décembre 2026", "2026-12-01"),
        ("20 août 2026", "2026-08-20"),
        ("2026-11-31", "for example 2026-11-30"),
        ("2026-02-29", "for example 2026-02-28"),
        ("2026-00-10", "for example 2026-11-20"),
        ("0000-01-01", "for example 2026-11-20"),
        ("2026-11", "for example 2026-11-20"),
        ("20/11/26", "for example 2026-11-20"),
        ("yesterday", "for example 2026-11-20"),
        ("", "for example 2026-11-20"),
        ("{a: b}", "for example 2026-11-20"),
    ],
)
def test_a_day_that_is_not_known_for_certain_is_not_invented(written: str, days: str) -> None:
    assert _explained(written).endswith(f"; write {days}")


def _explained(written: str) -> str:
    source = read_mapping(f"day: {written}\n")
    return explain_date(source.data["day"], source.written(("day",)))
