"""`handbook acknowledge exception`: records what was decided about an exception."""

import datetime
from pathlib import Path
from typing import Final

import click

from handbook.acknowledgements.record.store import ExceptionDecision
from handbook.errors import HandbookError
from handbook.text.quoting import one_line
from scripts.acknowledge.office import office_of, person_named, recording
from scripts.exclusive import changes_files
from scripts.options import DayParameter, exits_with_status, record_option, root_option, today_option

_EPILOG: Final = "Exit status: 0, or 2 if nothing was recorded."
_LONGEST: Final = 1_000  # characters


@click.command(name="exception", epilog=_EPILOG)
@click.argument("person")
@click.option("--audience", required=True, metavar="NAME", help="The audience in which they are asked.")
@click.option(
    "--granted/--refused", "granted", default=None, help="Whether they have the exception.", required=True
)
@click.option(
    "--on", "day", type=DayParameter(), required=True, metavar="DATE", help="The day of the decision."
)
@click.option("--why", required=True, metavar="TEXT", help="The reason, in a sentence.")
@click.option(
    "--until", type=DayParameter(), metavar="DATE", help="The last day of an exception that is granted."
)
@record_option
@root_option
@today_option
@exits_with_status
@changes_files()
def command(
    person: str,
    audience: str,
    granted: bool,
    day: datetime.date,
    why: str,
    until: datetime.date | None,
    record: Path | None,
    root: Path,
    today: datetime.date | None,
) -> int:
    """Record what was decided about an exception for PERSON, a mail address or a number.

    A person with an exception is not reminded through its last day, and is asked again from the next day on.
    A person who is refused one is asked from the day of the decision.
    """
    office = office_of(root, record, today)
    office.refuse_unknown(audience)
    _refuse_days(day, until, office.today, granted=granted)
    if not why.strip() or len(why) > _LONGEST:
        raise HandbookError(f"--why is empty, or has more than {_LONGEST:,} characters; give the reason")
    with recording(office) as store:
        known = person_named(store, person)
        if not store.is_listed(known, audience):
            raise HandbookError(
                f"this person is not on the list of '{audience}'; check the spelling, or renew the list with"
                " `handbook acknowledge people`"
            )
        store.add_decision(known, audience, ExceptionDecision(day, granted, until, one_line(why.strip())))
    click.echo(f"{audience}: {f'exception until {until}' if granted else 'no exception'}, decided on {day}")
    return 0


def _refuse_days(
    day: datetime.date, until: datetime.date | None, today: datetime.date, *, granted: bool
) -> None:
    if day > today:
        raise HandbookError(f"{day} is in the future; name the day on which it was decided in --on")
    if granted and until is None:
        raise HandbookError("an exception ends; name its last day in --until")
    if not granted and until is not None:
        raise HandbookError("an exception that is refused has no end; leave out --until")
    if until is not None and until < day:
        raise HandbookError(f"{until} is before {day}, the day of the decision; correct one of the two")
