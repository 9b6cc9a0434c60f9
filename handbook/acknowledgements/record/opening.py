"""Opens the record to read or to change it, and makes its tables if it is new."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from handbook.acknowledgements.record.folder import (
    DATABASE,
    has_record,
    make_key,
    prepare_folder,
    read_key,
    refuse_tracked,
)
from handbook.acknowledgements.record.identity import Identities
from handbook.acknowledgements.record.store import PeopleKept, Store
from handbook.errors import HandbookError

_VERSION: Final = 1
PATIENCE: Final = 20.0  # seconds
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
            sqlite3.connect(address, timeout=PATIENCE, isolation_level=None, uri=True)
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
