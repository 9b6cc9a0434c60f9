"""Judges the rows of an export that brings receipts: what can be taken, and why the rest cannot."""

import csv
import datetime
import email.utils
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

from handbook.acknowledgements.asked import Asked
from handbook.acknowledgements.receipts import (
    Receipt,
    UnusableReceipt,
    find_receipt,
    refuse_future,
    refuse_too_early,
    refuse_unfit,
)
from handbook.acknowledgements.record.csv_exports import ExportRow
from handbook.acknowledgements.record.identity import Person
from handbook.acknowledgements.record.store import IncomingReply, Store
from handbook.formats.csv_table import harmless
from handbook.text.quoting import one_line
from handbook.yaml.written_dates import day_meant

_WITHOUT_DAY: Final = 2  # cells: person and receipt
_SHOWN: Final = 40  # characters
_SLASHES: Final = re.compile(r"(\d{4})[/.](\d\d)[/.](\d\d)", re.ASCII)
_UTC: Final = re.compile(r" ?(?:UTC|GMT)$")
# What forms write, such as `2026/11/20 3:15:00 PM GMT-5`: the day is taken as it is written.
_OF_FORMS: Final = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:,?[ T]\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?(?: ?[AP]M)?(?: [A-Z]{2,5}(?:[-+]\d{1,2}(?::?\d\d)?)?)?)?",
    re.ASCII | re.IGNORECASE,
)
# A day such as `20 Nov 2026` or `November 20, 2026`.
_MONTH_NAMED: Final = re.compile(r"(?:\d{1,2}[ -][A-Za-z]{3,9}|[A-Za-z]{3,9} \d{1,2},?)[ -]\d{4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that cannot be taken: its first line, why not, and who it is about if the record keeps names."""

    line: int
    reason: str
    person: str | None = None


@dataclass(slots=True)
class Intake:
    """What came of an export: replies to take, rows to refuse, and what is worth saying of the others.

    `duplicates` counts the rows whose receipt was taken before from the same person. `notes` has the line
    and a sentence for each.
    """

    replies: list[IncomingReply] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    duplicates: int = 0
    notes: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class ReceiptJudge:
    """What receipts are judged by: the editions, the oldest day that is kept, today, and the time zone.

    `published` has the day on which each edition was published, by its name.
    A receipt is judged once, however many people hand in the same one.
    """

    editions: Mapping[str, Asked]
    oldest: datetime.date
    today: datetime.date
    zone: str
    published: Mapping[str, datetime.date] = field(default_factory=dict)
    _judged: dict[str, str | None] = field(default_factory=dict)

    def receipt_in(self, text: str) -> Receipt:
        """Return the receipt in a cell.

        Raises:
            UnusableReceipt: if there is none, or it does not fit its edition.

        """
        receipt = find_receipt(text)
        if receipt.text not in self._judged:
            self._judged[receipt.text] = self._fault(receipt)
        if fault := self._judged[receipt.text]:
            raise UnusableReceipt(fault)
        return receipt

    def _fault(self, receipt: Receipt) -> str | None:
        try:
            refuse_unfit(receipt, self.editions)
            refuse_future(receipt, self.today)
        except UnusableReceipt as error:
            return str(error)
        return None

    def day_in(self, text: str, receipt: Receipt) -> datetime.date:
        """Return the day on which a reply counts: that on which it came in or, without one, of the receipt.

        A receipt from where tomorrow has begun counts today.

        Raises:
            UnusableReceipt: if it cannot be read, is in the future, is older than what is kept, or is before
                its edition was published.

        """
        day = self._day(text.strip()) if text.strip() else min(receipt.day, self.today)
        if day > self.today:
            raise UnusableReceipt(f"came in on {day}, which is in the future")
        if day < self.oldest:
            raise UnusableReceipt(f"is of {day}, and answers before {self.oldest} are no longer kept")
        refuse_too_early(day, receipt, self.published)
        return day

    def _day(self, text: str) -> datetime.date:
        """Read a day: in the organization's time zone if a date of ISO 8601 or a mail has a zone.

        Otherwise, the day is taken as it is written.
        """
        try:
            moment = _moment(text)
            return (moment.astimezone(ZoneInfo(self.zone)) if moment.tzinfo else moment).date()
        except (ValueError, OverflowError):  # A mail may name a day that no calendar has.
            raise _unreadable(text) from None


def _moment(text: str) -> datetime.datetime:
    """Read a moment as ISO 8601, forms, or mails write it; if only the day is known, its beginning.

    Raises:
        ValueError: if it is not one, or one cannot tell its day from its month.

    """
    if not text[:4].isdigit():
        has_no_time = _MONTH_NAMED.fullmatch(text)
        return email.utils.parsedate_to_datetime(f"{text.replace('-', ' ')} 00:00" if has_no_time else text)
    try:
        return datetime.datetime.fromisoformat(_UTC.sub("Z", _SLASHES.sub(r"\1-\2-\3", text, count=1)))
    except ValueError:
        match = _OF_FORMS.fullmatch(text)
        if match is None:
            raise
        day = datetime.date(*map(int, match.groups()))
        return datetime.datetime.combine(day, datetime.time())


def _unreadable(text: str) -> UnusableReceipt:
    shown = one_line(text[:_SHOWN])
    return UnusableReceipt(
        f"came in on '{shown}', which is not a day as 2026-11-20; {day_meant(text[:_SHOWN])}, or set the"
        " format of the column to yyyy-mm-dd in a spreadsheet"
    )


def judge_rows(rows: Iterable[ExportRow], store: Store, judge: ReceiptJudge) -> Intake:
    """Judge every row; nothing is written. The cells of a row are person, receipt, and maybe day."""
    intake, desk = Intake(), _Desk(store)
    for row in rows:
        person = None
        try:
            person = _person(row, store)
            receipt = judge.receipt_in(row.cells[1])
            desk.refuse_unlisted(person, receipt)
            day = judge.day_in(row.cells[2] if len(row.cells) > _WITHOUT_DAY else "", receipt)
        except UnusableReceipt as error:
            shown = person.shown if person else None
            intake.refused.append(RefusedRow(row.line, str(error), shown))
            continue
        if desk.was_taken(person, receipt):
            intake.duplicates += 1
            continue
        intake.replies.append(IncomingReply(person, receipt, day))
        if note := desk.take(person, receipt, day):
            intake.notes.append((row.line, note))
    return intake


def _person(row: ExportRow, store: Store) -> Person:
    if row.surplus:
        raise UnusableReceipt("has more cells than there are columns, so they cannot be told apart")
    try:
        return store.identities.of(row.cells[0])
    except ValueError as error:
        raise UnusableReceipt(f"cannot be taken: the person {error}") from None


class _Desk:
    """Knows who is asked, and which receipts were taken, in the record and in the rows above."""

    def __init__(self, store: Store) -> None:
        self._listed = store.listed_keys()
        self._audiences = frozenset(audience for _, audience in self._listed)
        self._receipts = store.receipts()
        self._days = store.last_days()

    def refuse_unlisted(self, person: Person, receipt: Receipt) -> None:
        """Refuse the receipt of somebody who is not asked."""
        if receipt.audience not in self._audiences:
            raise UnusableReceipt(
                f"is for '{receipt.audience}', which has no list of people; run `handbook acknowledge people`"
            )
        if (person.key, receipt.audience) not in self._listed:
            raise UnusableReceipt(f"is by somebody who is not on the list of '{receipt.audience}'")

    def was_taken(self, person: Person, receipt: Receipt) -> bool:
        """Tell whether a receipt was taken from this person."""
        return (person.key, receipt.text) in self._receipts

    def take(self, person: Person, receipt: Receipt, day: datetime.date) -> str | None:
        """Remember a receipt; return which counts if the person replied to the same text before."""
        self._receipts.add((person.key, receipt.text))
        text = (person.key, receipt.audience, receipt.edition or "", receipt.language)
        before = self._days.get(text)
        self._days[text] = max(day, before or day)
        if before is None:
            return None
        if day < before:
            return f"replies to a text to which this person also replied on {before}; that later reply counts"
        which = "this later row" if day == before else "this later reply"
        return f"replies to a text to which this person also replied on {before}; {which} counts"


def refused_table(refused: Iterable[RefusedRow], *, with_people: bool) -> str:
    """Return the refused rows as CSV, with the person if the record keeps names."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["line", "reason", *(["person"] if with_people else [])])
    for row in refused:
        person = [harmless(row.person or "")] if with_people else []
        writer.writerow([row.line, harmless(row.reason), *person])
    return text.getvalue()
