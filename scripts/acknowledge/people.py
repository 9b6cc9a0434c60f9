"""`handbook acknowledge people`: says who is asked."""

import datetime
from pathlib import Path
from typing import Final

import click

from handbook.acknowledgements.record.roster import JOINED, PERSON, read_roster
from handbook.text.counting import people as counted_people
from scripts.acknowledge.office import office_of, recording
from scripts.exclusive import changes_files
from scripts.options import DayParameter, exits_with_status, record_option, root_option, today_option

_EPILOG: Final = "Exit status: 0, or 2 if nothing was changed."


@click.command(name="people", epilog=_EPILOG)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE.csv")
@click.option("--audience", required=True, metavar="NAME", help="The audience that the list is of.")
@click.option(
    "--column",
    default=PERSON,
    show_default=True,
    metavar="NAME",
    help="The column with the mail address or the number of each person.",
)
@click.option(
    "--since",
    type=DayParameter(),
    metavar="DATE",
    help="The day since which new people have been in the audience, if their row has none.",
)
@record_option
@root_option
@today_option
@exits_with_status
@changes_files()
def command(
    file: Path,
    audience: str,
    column: str,
    since: datetime.date | None,
    record: Path | None,
    root: Path,
    today: datetime.date | None,
) -> int:
    """Say who is asked in an audience, by a list of people as CSV.

    The list replaces the former one of this audience. People who are no longer on it are no longer asked, and
    their answers are kept until they are too old. A column `joined` may say since when each person has been
    in the audience, as 2026-10-14. People who are new on a later list, and have no day, are asked from today.
    """
    office = office_of(root, record, today)
    office.refuse_unknown(audience)
    with recording(office) as store:
        entries = read_roster(file, column, store.identities, office.today)
        first_day = since or (office.today if store.has_list(audience) else None)
        people = [(entry.person, entry.joined) for entry in entries]
        change = store.replace_list(audience, people, first_day)
    total = counted_people(len(entries))
    click.echo(f"{audience}: {total}; {change.new:,} new, {change.gone:,} gone, {change.kept:,} kept")
    if change.new and first_day is None and not all(entry.joined for entry in entries):
        click.echo(
            f"people without a day in a column `{JOINED}` are asked from the day of the edition", err=True
        )
    return 0
