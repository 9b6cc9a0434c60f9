"""`handbook acknowledge remind`: a mailing list of those who have not answered."""

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from handbook.acknowledgements.record.roster import PERSON, read_roster
from handbook.acknowledgements.record.store import Store
from handbook.acknowledgements.reminders import ReminderLine, Reminders, page_to_answer, reminders
from handbook.acknowledgements.report import all_standings
from handbook.errors import HandbookError
from handbook.files.atomic_write import write_new_text
from handbook.formats.csv_table import as_csv
from handbook.text.counting import people as counted_people
from handbook.text.quoting import one_line
from scripts.acknowledge.office import Office, office_of, reading
from scripts.command_name import with_real_command
from scripts.edition.options import site_option
from scripts.options import exits_with_status, record_option, root_option, today_option

_EPILOG: Final = "Exit status: 0, or 2 if no list was written."
_WHO: Final = (
    "the record keeps pseudonyms, so it does not know whom to write to; name the list of people again with"
    " --people FILE.csv"
)
_LIST: Final = "run `handbook acknowledge people`"


@click.command(name="remind", epilog=_EPILOG)
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.csv",
    help="The new file for the list.",
)
@click.option("--audience", metavar="NAME", help="Remind this audience only.")
@click.option(
    "--within",
    type=click.IntRange(min=0, max=3660),
    metavar="DAYS",
    help="Only people who are late, or have to answer within this many days.",
)
@click.option(
    "--people",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE.csv",
    help="The list of people again, if the record keeps pseudonyms.",
)
@click.option(
    "--column",
    default=PERSON,
    show_default=True,
    metavar="NAME",
    help="The column of that list with the mail address or the number of each person.",
)
@site_option
@record_option
@root_option
@today_option
@exits_with_status
def command(
    out: Path,
    audience: str | None,
    within: int | None,
    people: Path | None,
    column: str,
    site_branch: str,
    record: Path | None,
    root: Path,
    today: datetime.date | None,
) -> int:
    """Write whom to remind into a CSV file, for the program with which you send mail.

    Each row has the person, the audience, the pages to read, the last day to answer, and the address of the
    page on which to answer. It is about the edition in force. Nothing is sent.
    """
    office = office_of(root, record, today)
    if audience:
        office.refuse_unknown(audience)
    if people is None and office.register.record.people == "pseudonyms":
        raise HandbookError(_WHO)
    with reading(office) as store:
        ids = _ids(office, store, people, column)
        mailing = _reminders(office, store, site_branch, audience, within, ids)
    if audience and mailing.unlisted:
        raise HandbookError(f"{_unlisted([audience])}, so it is not known whom to remind; {_LIST}")
    lines = mailing.lines
    write_new_text(out, as_csv(ReminderLine, lines), is_private=True)
    click.echo(f"{out}: {counted_people(len({line.person for line in lines}))} to remind")
    _show_left_out(mailing, people)
    if lines:
        click.echo("the file names people: delete it when the mail is sent, and keep it out of git", err=True)
    return 0


def _show_left_out(mailing: Reminders, people: Path | None) -> None:
    """Say who may have to be reminded, too, and is not in the mailing list."""
    if mailing.unlisted:
        click.echo(with_real_command(f"{_unlisted(mailing.unlisted)}; {_LIST}"), err=True)
    if mailing.unknown and people:
        number, name = counted_people(mailing.unknown), one_line(people.name)
        click.echo(
            f"left out: {number} to remind, because {name} does not list them; name a file with everybody",
            err=True,
        )


def _unlisted(audiences: Sequence[str]) -> str:
    return f"{', '.join(audiences)}: no list of who is asked"


def _ids(office: Office, store: Store, people: Path | None, column: str) -> dict[str, str] | None:
    if people is None:
        return None
    return {
        entry.person.key: entry.written
        for entry in read_roster(people, column, store.identities, office.today)
    }


def _reminders(
    office: Office,
    store: Store,
    site_branch: str,
    audience: str | None,
    within: int | None,
    ids: dict[str, str] | None,
) -> Reminders:
    editions, manifests = office.editions(site_branch), office.published(site_branch).manifests
    current = editions.current
    if current is None:
        raise HandbookError("no edition that is in force asks anybody to accept pages; publish one first")
    manifest = next(manifest for manifest in manifests if manifest.name == current.name)
    titles = {page.path: page.title for page in manifest.pages if page.title}
    paths = {page.path for page in manifest.pages}
    last_due = None if within is None else office.today + datetime.timedelta(days=within)
    standings = list(
        all_standings(
            store, editions, office.register, office.today, (audience,) if audience else (), (current,)
        )
    )
    link = page_to_answer(office.registers.organization, paths)
    return reminders(standings, ids, titles, link, office.today, last_due)
