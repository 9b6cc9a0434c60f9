"""The report as text for people, and as CSV and JSON for programs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from handbook.acknowledgements.report import AudienceLine, PersonLine, Recorded, as_mapping
from handbook.formats.csv_table import as_columns, as_csv
from handbook.text.counting import people
from handbook.text.json_text import as_document
from handbook.text.quoting import one_line

_STATES: Final = {"former": "former", "in_force": "in force", "waiting": "waits for its day"}
_COLUMNS: Final = (
    "edition", "from", "", "asked", "accepted", "declined", "exceptions asked", "granted", "not answered",
    "late",
)  # fmt: skip
_UNKNOWN: Final = "unknown"


def as_text(recorded: Recorded) -> str:
    """Return the report for people."""
    lines = [f"As of {recorded.counts.day}, by today's lists of who is asked."]
    if not recorded.counts.lines:
        lines.append("No edition asks anybody to accept pages.")
    for audience, rows in as_mapping(recorded.counts).items():
        lines += ["", audience, *_audience(rows)]
    if recorded.people:
        lines += [
            "",
            "What each person has answered to the edition in force:",
            *_people(recorded.people.people),
        ]
    return "\n".join(lines) + "\n"


def _audience(rows: Sequence[AudienceLine]) -> Iterator[str]:
    table = as_columns([_COLUMNS, *map(_row, rows)])
    yield from (f"  {line}" for line in table.splitlines())
    for row in rows:
        if row.asked is None:
            yield f"  {row.edition}: no list of who is asked; run `handbook acknowledge people`"
        elif row.state == "in_force":
            yield from _to_do(row)


def _row(line: AudienceLine) -> list[str]:
    return [
        line.edition,
        line.effective.isoformat(),
        _STATES[line.state],
        *map(
            _number,
            (
                line.asked,
                line.accepted,
                line.declined,
                line.exceptions_asked,
                line.exceptions_granted,
                line.not_answered,
            ),
        ),
        "-" if line.asked is not None and line.late is None else _number(line.late),
    ]


def _number(number: int | None) -> str:
    return _UNKNOWN if number is None else f"{number:,}"


def _to_do(line: AudienceLine) -> Iterator[str]:
    if line.reminders_due:
        late = f", {line.late:,} of them late" if line.late else ""
        yield f"  {line.edition}: {people(line.reminders_due)} to remind{late}"
    if line.again_changed:
        pages = ", ".join(map(one_line, line.changed_pages))
        yield f"  {line.edition}: {line.again_changed:,} accepted an earlier text, which changed in {pages}"
    if line.again_renewed:
        yield f"  {line.edition}: {line.again_renewed:,} accepted it longer ago than `renew_after` allows"


def _people(people: Sequence[PersonLine]) -> Iterator[str]:
    rows = [
        [line.audience, line.person, line.state.replace("_", " "), line.due.isoformat() if line.due else ""]
        for line in people
    ]
    if rows:
        table = as_columns([["audience", "person", "state", "answer due"], *rows])
        yield from (f"  {line}" for line in table.splitlines())


def as_json(recorded: Recorded) -> str:
    """Return the report with every fact as JSON."""
    record = recorded.counts.model_dump(mode="json")
    if recorded.people:
        record |= recorded.people.model_dump(mode="json")
    return as_document(record)


def as_table(recorded: Recorded) -> str:
    """Return the counts as CSV or, if people are asked for, the people."""
    first = {"day": recorded.counts.day}
    if recorded.people:
        return as_csv(PersonLine, recorded.people.people, first)
    return as_csv(AudienceLine, recorded.counts.lines, first)


FORMATS: Final[Mapping[str, Callable[[Recorded], str]]] = {"text": as_text, "csv": as_table, "json": as_json}
