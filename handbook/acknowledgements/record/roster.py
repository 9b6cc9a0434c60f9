"""Who is asked: a list of people as an export of the organization has it."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from handbook.acknowledgements.record.csv_exports import MissingColumn, read_export
from handbook.acknowledgements.record.identity import Identities, Person
from handbook.errors import HandbookError
from handbook.text.quoting import one_line
from handbook.yaml.written_dates import day_meant

PERSON: Final = "person"
JOINED: Final = "joined"
_MOST_SHOWN: Final = 20
_FARTHEST: Final = datetime.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """Somebody on a list: what is kept of them, the id as the file has it, and since when they are asked."""

    person: Person
    written: str
    joined: datetime.date | None


def read_roster(
    path: Path, column: str, identities: Identities, today: datetime.date
) -> Sequence[RosterEntry]:
    """Read a list of people; somebody who is listed twice counts once.

    Raises:
        HandbookError: with a line for each row that cannot be used, or if there is none that can.

    """
    entries: dict[str, RosterEntry] = {}
    problems = []
    try:
        with read_export(path, (column,), (JOINED,)) as rows:
            for row in rows:
                try:
                    _add(entries, _entry(row.cells, identities, today))
                except ValueError as error:
                    problems.append(f"{one_line(path.name)}:{row.line}: the person {error}")
    except MissingColumn as error:
        raise HandbookError(f"{error}; name the one that has the people with --column") from None
    if problems:
        raise HandbookError("\n".join(_shortened(problems)))
    if not entries:
        raise HandbookError(f"{one_line(path.name)} lists nobody, so nothing was changed; export it again")
    return [*entries.values()]


def _entry(cells: Sequence[str], identities: Identities, today: datetime.date) -> RosterEntry:
    written, joined = cells
    return RosterEntry(identities.of(written), written.strip(), _joined(joined.strip(), today))


def _joined(text: str, today: datetime.date) -> datetime.date | None:
    if not text:
        return None
    try:
        day = datetime.date.fromisoformat(text) if len(text) == len("2026-10-14") else None
    except ValueError:
        day = None
    if day is None:
        raise ValueError(f"joined on '{one_line(text[:40])}', which is not a day; {day_meant(text[:40])}")
    if day > today + _FARTHEST:
        raise ValueError(f"joins on {day}, more than a year from now; correct the day")
    return day


def _add(entries: dict[str, RosterEntry], entry: RosterEntry) -> None:
    known = entries.setdefault(entry.person.key, entry)
    if known.joined != entry.joined:
        raise ValueError("is listed twice, with two days; delete one")


def _shortened(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:_MOST_SHOWN]
    if len(lines) > _MOST_SHOWN:
        yield f"and {len(lines) - _MOST_SHOWN:,} more rows; nothing was changed"
    else:
        yield "nothing was changed"
