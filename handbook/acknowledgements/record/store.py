"""The record as a file of SQLite: lists of who is asked, replies, and decisions about exceptions.

Every change is one transaction. What is deleted is overwritten in the file (`secure_delete`), and nothing
temporary is written elsewhere.
"""

import datetime
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

from handbook.acknowledgements.receipts import Receipt, Reply
from handbook.acknowledgements.record.folder import (
    DATABASE,
    has_record,
    make_key,
    prepare_folder,
    read_key,
    refuse_tracked,
)
from handbook.acknowledgements.record.identity import Identities, Person
from handbook.errors import HandbookError

PeopleKept: TypeAlias = Literal["names", "pseudonyms"]
_VERSION: Final = 1
_PATIENCE: Final = 20.0  # seconds
_OF_PEOPLE: Final = ("replies", "decisions", "listed")
_TABLES: Final = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE people (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, shown TEXT);
CREATE TABLE listed (
    audience TEXT NOT NULL, person INTEGER NOT NULL REFERENCES people, joined TEXT,
    PRIMARY KEY (audience, person)
) WITHOUT ROWID;
CREATE TABLE replies (
    id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES people, audience TEXT NOT NULL,
    edition TEXT NOT NULL, language TEXT NOT NULL, day TEXT NOT NULL, reply TEXT NOT NULL,
    answers TEXT NOT NULL, receipt TEXT NOT NULL, UNIQUE (person, receipt)
);
CREATE TABLE decisions (
    id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES people, audience TEXT NOT NULL,
    day TEXT NOT NULL, granted INTEGER NOT NULL, until TEXT, why TEXT NOT NULL
);
"""


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


@contextmanager
def open_to_read(folder: Path, root: Path, kept: PeopleKept) -> Iterator[Store]:
    """Open a record that is there.

    Raises:
        HandbookError: if there is none, or it cannot be read.

    """
    if not has_record(folder):
        raise HandbookError(
            f"nothing is recorded in {folder}; begin with `handbook acknowledge people`, or name another"
            " folder with --record"
        )
    refuse_tracked(folder, root)
    with _opened(folder, kept) as store:
        yield store


@contextmanager
def open_to_write(folder: Path, root: Path, kept: PeopleKept) -> Iterator[Store]:
    """Open a record to change it; it is made if there is none.

    Raises:
        HandbookError: if it cannot be made, read, or written, or if another command changes it.

    """
    prepare_folder(folder, root)
    with _opened(folder, kept) as store:
        yield store


@contextmanager
def _opened(folder: Path, kept: PeopleKept) -> Iterator[Store]:
    file = folder / DATABASE
    try:
        address = f"{file.absolute().as_uri()}?mode=rw"
        with closing(
            sqlite3.connect(address, timeout=_PATIENCE, isolation_level=None, uri=True)
        ) as connection:
            for setting in ("secure_delete = ON", "temp_store = MEMORY", "foreign_keys = ON"):
                connection.execute(f"PRAGMA {setting}")
            _prepare(connection, folder, kept)
            yield Store(connection, Identities(read_key(folder) if kept == "pseudonyms" else None), kept)
    except sqlite3.Error as error:
        raise HandbookError(f"{file} cannot be used ({error}); {_advice(error)}") from None


def _advice(error: sqlite3.Error) -> str:
    """Return what to do about an error of SQLite."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "another command uses it: wait until that ends, then run this again"
    if name.startswith("SQLITE_FULL"):
        return "free space on the disk, then run this again"
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return "it is not a record, or is damaged: get it back from a backup"
    return "check the permissions of its folder, or get it back from a backup"


def _prepare(connection: sqlite3.Connection, folder: Path, kept: PeopleKept) -> None:
    """Make the tables in an empty file; refuse a file of another kind.

    Raises:
        HandbookError: if it is of a newer release, or keeps people in another way.

    """
    if not _version(connection):
        if kept == "pseudonyms":
            make_key(folder)
        _make_tables(connection, kept)
    if _version(connection) != _VERSION:
        raise HandbookError(f"{folder} was written by a newer release of the handbook; upgrade this one")
    row = connection.execute("SELECT value FROM facts WHERE name = 'people'").fetchone()
    if row != (kept,):
        raise HandbookError(
            f"{folder} keeps {row[0] if row else 'something else'}, and registers/acknowledgements.yml says"
            f" `people: {kept}`; change it back, or move the folder away and begin a new record"
        )


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _make_tables(connection: sqlite3.Connection, kept: PeopleKept) -> None:
    """Make the tables, unless another command has just made them."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not _version(connection):
            for statement in _TABLES.split(";"):
                connection.execute(statement)
            connection.execute("INSERT INTO facts VALUES ('people', ?)", (kept,))
            connection.execute(f"PRAGMA user_version = {_VERSION}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
