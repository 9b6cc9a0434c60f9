"""The record as a file of SQLite: lists of who is asked, replies, and decisions about exceptions.

Every change is one transaction. What is deleted is overwritten in the file (`secure_delete`), and nothing
temporary is written elsewhere.
"""

import datetime
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from handbook.acknowledgements.receipts import Receipt, Reply
from handbook.acknowledgements.record.identity import Identities, Person

PeopleKept: TypeAlias = Literal["names", "pseudonyms"]
_OF_PEOPLE: Final = ("replies", "decisions", "listed")


@dataclass(frozen=True, slots=True)
class KeptReply:
    """What somebody replied to what an edition asked; of two on one day, the one with the later `order`."""

    edition: str
    language: str
    day: datetime.date
    reply: Reply
    order: int


@dataclass(frozen=True, slots=True)
class ExceptionDecision:
    """What was decided about an exception on a day. A granted one has its last day in `until`."""

    day: datetime.date
    is_granted: bool
    until: datetime.date | None
    why: str
    order: int = 0


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """Somebody who is asked, with what they replied and what was decided. `joined` is None if unknown."""

    person: Person
    joined: datetime.date | None
    replies: Sequence[KeptReply] = ()
    decisions: Sequence[ExceptionDecision] = ()


@dataclass(frozen=True, slots=True)
class ListChange:
    """How many people a new list of an audience adds, takes out, and keeps."""

    new: int
    gone: int
    kept: int


@dataclass(frozen=True, slots=True)
class Deleted:
    """How much was deleted."""

    replies: int = 0
    decisions: int = 0
    listed: int = 0

    @property
    def total(self) -> int:
        """Return how many entries were deleted."""
        return self.replies + self.decisions + self.listed


@dataclass(frozen=True, slots=True)
class IncomingReply:
    """A receipt of somebody, and the day on which it counts."""

    person: Person
    receipt: Receipt
    day: datetime.date


class Store:
    """An open record. `identities` says how people are recognized in it, and `kept` what is kept of them."""

    def __init__(self, connection: sqlite3.Connection, identities: Identities, kept: PeopleKept) -> None:
        self._connection = connection
        self.identities = identities
        self.kept = kept

    # What is in it

    def has_list(self, audience: str) -> bool:
        """Tell whether it is known who is asked in an audience."""
        row = self._connection.execute("SELECT 1 FROM listed WHERE audience = ? LIMIT 1", (audience,))
        return row.fetchone() is not None

    def is_listed(self, person: Person, audience: str) -> bool:
        """Tell whether somebody is asked in an audience."""
        row = self._connection.execute(
            "SELECT 1 FROM listed JOIN people ON person = id WHERE key = ? AND audience = ?",
            (person.key, audience),
        )
        return row.fetchone() is not None

    def listed_keys(self) -> set[tuple[str, str]]:
        """Return who is asked: the key of each person, with an audience."""
        return set(self._connection.execute("SELECT key, audience FROM listed JOIN people ON person = id"))

    def receipts(self) -> set[tuple[str, str]]:
        """Return what was taken: the key of each person, with a receipt."""
        query = "SELECT key, receipt FROM replies JOIN people ON person = people.id"
        return set(self._connection.execute(query))

    def last_days(self) -> dict[tuple[str, str, str, str], datetime.date]:
        """Return the day of the last reply, by key, audience, edition, and language."""
        query = (
            "SELECT key, audience, edition, language, max(day) FROM replies JOIN people ON person = people.id"
            " GROUP BY 1, 2, 3, 4"
        )
        rows = self._connection.execute(query)
        return {(key, name, edition, language): _day(day) for key, name, edition, language, day in rows}

    def people(self, audience: str) -> list[ListedPerson]:
        """Return the people who are asked in an audience, in the order of what is kept of them."""
        replies, decisions = self._replies(audience), self._decisions(audience)
        rows = self._connection.execute(
            "SELECT id, key, shown, joined FROM listed JOIN people ON person = id WHERE audience = ?"
            " ORDER BY key",
            (audience,),
        )
        return [
            ListedPerson(
                Person(key, shown), _maybe_day(joined), replies.get(number, ()), decisions.get(number, ())
            )
            for number, key, shown, joined in rows
        ]

    def _replies(self, audience: str) -> dict[int, list[KeptReply]]:
        replies: dict[int, list[KeptReply]] = {}
        query = "SELECT person, edition, language, day, reply, id FROM replies WHERE audience = ?"
        for person, edition, language, day, reply, order in self._connection.execute(query, (audience,)):
            kept = KeptReply(edition, language, _day(day), reply, order)
            replies.setdefault(person, []).append(kept)
        return replies

    def _decisions(self, audience: str) -> dict[int, list[ExceptionDecision]]:
        decisions: dict[int, list[ExceptionDecision]] = {}
        query = "SELECT person, day, granted, until, why, id FROM decisions WHERE audience = ?"
        for person, day, granted, until, why, order in self._connection.execute(query, (audience,)):
            decision = ExceptionDecision(_day(day), bool(granted), _maybe_day(until), why, order)
            decisions.setdefault(person, []).append(decision)
        return decisions

    # What changes it. Every change is inside `changes`.

    @contextmanager
    def changes(self) -> Iterator[None]:
        """Make every change or, if anything fails, none."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def replace_list(
        self,
        audience: str,
        people: Iterable[tuple[Person, datetime.date | None]],
        since: datetime.date | None,
    ) -> ListChange:
        """Replace who is asked in an audience.

        A person without a day keeps the day that is known, and is otherwise in the audience since `since`.
        What people replied stays.
        """
        query = "SELECT person, joined FROM listed WHERE audience = ?"
        before = dict(self._connection.execute(query, (audience,)))
        rows = [(self._number(person), day) for person, day in people]
        self._connection.execute("DELETE FROM listed WHERE audience = ?", (audience,))
        self._connection.executemany(
            "INSERT INTO listed VALUES (?, ?, ?)",
            [
                (audience, number, _text(day) or (before[number] if number in before else _text(since)))
                for number, day in rows
            ],
        )
        self._delete_people_without_entries()
        now = {number for number, _ in rows}
        return ListChange(len(now - before.keys()), len(before.keys() - now), len(now & before.keys()))

    def add_replies(self, replies: Iterable[IncomingReply]) -> None:
        """Add receipts that were not taken before."""
        numbers: dict[str, int] = dict(self._connection.execute("SELECT key, id FROM people"))
        self._connection.executemany(
            "INSERT INTO replies (person, audience, edition, language, day, reply, answers, receipt)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    numbers[incoming.person.key],
                    incoming.receipt.audience,
                    incoming.receipt.edition,
                    incoming.receipt.language,
                    incoming.day.isoformat(),
                    incoming.receipt.reply,
                    incoming.receipt.answers,
                    incoming.receipt.text,
                )
                for incoming in replies
            ),
        )

    def add_decision(self, person: Person, audience: str, decision: ExceptionDecision) -> None:
        """Add what was decided about an exception of somebody."""
        self._connection.execute(
            "INSERT INTO decisions (person, audience, day, granted, until, why) VALUES (?, ?, ?, ?, ?, ?)",
            (
                self._number(person),
                audience,
                decision.day.isoformat(),
                decision.is_granted,
                _text(decision.until),
                decision.why,
            ),
        )

    def delete_before(self, day: datetime.date) -> Deleted:
        """Delete replies before a day, decisions that ended before it, and people of whom nothing is left."""
        deleted = Deleted(
            self._delete("replies WHERE day < ?", day.isoformat()),
            self._delete("decisions WHERE coalesce(until, day) < ?", day.isoformat()),
        )
        self._delete_people_without_entries()
        return deleted

    def forget(self, person: Person) -> Deleted:
        """Delete everything that is kept of a person."""
        which = "WHERE person = (SELECT id FROM people WHERE key = ?)"
        deleted = Deleted(*(self._delete(f"{table} {which}", person.key) for table in _OF_PEOPLE))
        self._delete("people WHERE key = ?", person.key)
        return deleted

    def _delete(self, what: str, value: str) -> int:
        query = f"DELETE FROM {what}"  # noqa: S608 - `what` is written above
        return self._connection.execute(query, (value,)).rowcount

    def _delete_people_without_entries(self) -> None:
        """Delete the people of whom nothing is kept but what they are called."""
        self._connection.execute(
            "DELETE FROM people WHERE id NOT IN (SELECT person FROM listed UNION SELECT person FROM replies"
            " UNION SELECT person FROM decisions)"
        )

    def _number(self, person: Person) -> int:
        number: int
        self._connection.execute(
            "INSERT INTO people (key, shown) VALUES (?, ?) ON CONFLICT (key) DO NOTHING",
            (person.key, person.shown),
        )
        (number,) = self._connection.execute("SELECT id FROM people WHERE key = ?", (person.key,)).fetchone()
        return number


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _maybe_day(text: str | None) -> datetime.date | None:
    return None if text is None else _day(text)


def _text(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()
