"""Writes what a learning system exports about many people, and takes it into a record, for the benchmark."""

import csv
import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from handbook.acknowledgements.asked import Asked, AskedText
from handbook.acknowledgements.editions import AskedEdition, AskedEditions
from handbook.acknowledgements.receipts import Receipt
from handbook.acknowledgements.record.csv_exports import read_export
from handbook.acknowledgements.record.intake import ReceiptJudge, judge_rows
from handbook.acknowledgements.record.opening import open_to_write
from handbook.acknowledgements.report import recorded
from handbook.editions.names import Edition
from handbook.registers.acknowledgements import AcknowledgementRegister, Acknowledgements

_DAY: Final = datetime.date(2026, 11, 20)
_ZONE: Final = "America/New_York"
_COLUMNS: Final = ("Email address", "Receipt")
_TEXT: Final = AskedText(pages={f"docs/{name}.md": f"v2:sha256:{name * 64}" for name in "abcd"})
_ASKED: Final = Asked(edition="2026.1", audiences={"work": {"en": _TEXT}})
_EDITIONS: Final = AskedEditions([AskedEdition(Edition(2026, 1), _DAY, _ASKED, "in_force")])


def write_export(file: Path, rows: int) -> None:
    """Write an export in which each person accepts on one of five days."""
    days = [_DAY + datetime.timedelta(days=number) for number in range(5)]
    lines = [Receipt("2026.1", "work", "en", day, "accepted", "", _TEXT.digest).text for day in days]
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(["First name", "Email address", "Grade", "Receipt"])
        writer.writerows(["Reader", who, "100", lines[n % 5]] for n, who in enumerate(_people(rows)))


def _people(number: int) -> Iterator[str]:
    return (f"reader-{count}@example.org" for count in range(number))


def list_people(folder: Path, root: Path, number: int) -> None:
    """Put the people of an export on the list of the audience."""
    with open_to_write(folder, root, "pseudonyms") as store, store.changes():
        store.replace_list("work", ((store.identities.of(who), None) for who in _people(number)), None)


def import_export(folder: Path, root: Path, file: Path) -> int:
    """Take an export into a record as `handbook acknowledge import` does; return the number of rows."""
    today = _DAY + datetime.timedelta(days=10)
    judge = ReceiptJudge(_EDITIONS.by_name, datetime.date.min, today, _ZONE)
    with open_to_write(folder, root, "pseudonyms") as store, store.changes():
        with read_export(file, _COLUMNS) as rows:
            intake = judge_rows(rows, store, judge)
        store.add_replies(intake.replies)
    return len(intake.replies)


def count_report(folder: Path, root: Path) -> int:
    """Return how many people accepted, by the report."""
    audiences = {"work": {"title": "All", "pages": ["docs/a.md"], "renew_after": 12}}
    register = AcknowledgementRegister.model_validate({"audiences": audiences}, strict=False)
    today = _DAY + datetime.timedelta(days=10)
    with open_to_write(folder, root, "pseudonyms") as store:
        counts = recorded(store, _EDITIONS, Acknowledgements(register.audiences), today).counts
    return counts.lines[0].accepted or 0
