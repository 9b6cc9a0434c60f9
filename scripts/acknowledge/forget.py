"""`handbook acknowledge forget`: deletes what is kept of a person, or what is too old."""

import datetime
from pathlib import Path
from typing import Final

import click

from handbook.acknowledgements.record.folder import has_record
from handbook.acknowledgements.record.opening import open_to_write
from handbook.errors import HandbookError
from scripts.acknowledge.office import (
    delete_expired,
    entries,
    office_of,
    person_named,
    reading,
)
from scripts.exclusive import changes_files
from scripts.options import exits_with_status, record_option, root_option, today_option

_EPILOG: Final = "Exit status: 0, 1 if nothing is kept of the person, 2 if the command could not run."


@click.command(name="forget", epilog=_EPILOG)
@click.argument("person", required=False)
@click.option("--expired", is_flag=True, help="Delete only what is older than `keep_months` allows.")
@record_option
@root_option
@today_option
@exits_with_status
@changes_files()
def command(
    person: str | None, expired: bool, record: Path | None, root: Path, today: datetime.date | None
) -> int:
    """Delete everything that is kept of PERSON: places on lists, replies, and decisions.

    What is deleted is overwritten in the file. Copies that you made of it, such as backups, are yours to
    delete.
    """
    if (person is None) != expired:
        raise HandbookError("name the person, or write --expired, and not both")
    office = office_of(root, record, today)
    if not has_record(office.folder):
        with reading(office):  # It says that there is nothing, and makes nothing.
            return 2
    with open_to_write(office.folder, office.root, office.register.record.people) as store:
        old = delete_expired(office, store)
        if person is None:
            if not old.total:
                click.echo(f"nothing is from before {office.oldest}")
            return 0
        with store.changes():
            deleted = store.forget(person_named(store, person))
    if not deleted.total:
        click.echo("nothing is kept of this person")
        return 1
    click.echo(f"{entries(deleted)} deleted")
    return 0
