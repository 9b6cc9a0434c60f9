"""The day on which a receipt came in is read as programs write it, in the time zone of the organization."""

import datetime

import pytest

from handbook.acknowledgements.receipts import Receipt, UnusableReceipt
from handbook.acknowledgements.record.intake import ReceiptJudge, RefusedRow, refused_table

TODAY = datetime.date(2026, 12, 1)
RECEIPT = Receipt("2026.1", "work", "en", datetime.date(2026, 11, 23), "accepted", "", "0" * 12)
JUDGE = ReceiptJudge({}, datetime.date(2023, 12, 1), TODAY, "America/New_York")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("", "2026-11-23"),
        (" 2026-11-24 ", "2026-11-24"),
        ("2026-11-24 23:30", "2026-11-24"),
        ("2026-11-25T03:30:00Z", "2026-11-24"),
        ("Wed, 25 Nov 2026 03:30:00 +0000", "2026-11-24"),
        ("Wed, 25 Nov 2026 03:30:00", "2026-11-25"),
        ("24 November 2026, 10:00 AM", "2026-11-24"),
        ("2026-12-01", "2026-12-01"),
        ("2026/11/24 3:15:00 PM GMT-5", "2026-11-24"),
        ("2026/11/25 03:30:00 UTC", "2026-11-24"),
        ("2026-11-24 10:15 AM", "2026-11-24"),
        ("2026.11.24", "2026-11-24"),
        ("24 Nov 2026", "2026-11-24"),
        ("November 24, 2026", "2026-11-24"),
    ],
)
def test_a_day_is_read_as_programs_write_it(text: str, day: str) -> None:
    assert JUDGE.day_in(text, RECEIPT) == datetime.date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("24.11.2026", "which is not a day as 2026-11-20; write 2026-11-24, or set the format of the column"),
        ("11/12/2026", "write 2026-12-11 or 2026-11-12, or set"),
        ("11/12/2026 10:00", "which is not a day"),
        ("2026/24/11", "write 2026-11-24, or set"),
        ("2026-02-30", "which is not a day"),
        ("Fri, 31 Dec 9999 23:00:00 -1200", "which is not a day"),
        ("Fri, 31 Dec 2026 23:00:00 -120099999999999999", "which is not a day"),
        ("2026-12-02", "in the future"),
        ("2023-11-30", "no longer kept"),
    ],
)
def test_another_day_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(UnusableReceipt, match=sentence):
        JUDGE.day_in(text, RECEIPT)


def test_the_list_of_refused_rows_holds_no_formula_and_names_nobody_unasked() -> None:
    rows = [RefusedRow(3, "has no receipt", "=cmd()"), RefusedRow(5, "is of a day, \x1b[31m")]
    assert refused_table(rows, with_people=True).splitlines() == [
        "line,reason,person",
        "3,has no receipt,'=cmd()",
        '5,"is of a day, \\x1b[31m",',
    ]
    assert "cmd" not in refused_table(rows, with_people=False)
