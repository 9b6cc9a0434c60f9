"""What the commands of `handbook acknowledge` work with: the registers, the editions, and the record."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from handbook.acknowledgements.editions import AskedEditions, asked_editions
from handbook.acknowledgements.record.folder import FOLDER
from handbook.acknowledgements.record.identity import Person
from handbook.acknowledgements.record.opening import open_to_read, open_to_write
from handbook.acknowledgements.record.store import Deleted, Store
from handbook.due_dates import due_date
from handbook.editions.published_branch import Published
from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.registers.acknowledgements import FILE, Acknowledgements
from handbook.registers.all_registers import Registers, read_registers
from handbook.text.counting import counted
from handbook.text.suggestions import did_you_mean
from scripts.options import repository_of, require_handbook


@dataclass(frozen=True, slots=True)
class Office:
    """A handbook, the folder of its record, and the day."""

    root: Path
    folder: Path
    registers: Registers
    today: datetime.date

    @property
    def register(self) -> Acknowledgements:
        """Return who is asked what."""
        return self.registers.acknowledgements

    @property
    def oldest(self) -> datetime.date:
        """Return the first day whose answers are kept."""
        months = self.register.record.keep_months
        return due_date(self.today, -months) if self.today.year * 12 > months + 12 else datetime.date.min

    def editions(self, site_branch: str) -> AskedEditions:
        """Return what the published editions ask.

        Raises:
            HandbookError: if there is no repository, or an edition cannot be read.

        """
        return asked_editions(self.published(site_branch), self.today)

    def published(self, site_branch: str) -> Published:
        """Return the branch of editions.

        Raises:
            HandbookError: if there is no repository.

        """
        return Published(repository_of(self.root), site_branch)

    def refuse_unknown(self, audience: str) -> None:
        """Refuse an audience that the register does not have.

        Raises:
            HandbookError: with the nearest name.

        """
        if audience not in self.register.audiences:
            remedy = did_you_mean(audience, self.register.audiences)
            raise HandbookError(f"{FILE} has no audience '{audience}'; {remedy}")


def office_of(root: Path, record: Path | None, today: datetime.date | None) -> Office:
    """Read the registers of a handbook.

    Raises:
        HandbookError: if one of them has a mistake.

    """
    require_handbook(root)
    registers = read_registers(Folder(root))
    folder = Path.cwd() / record if record else root / FOLDER
    return Office(root, folder, registers, today or registers.organization.today())


@contextmanager
def reading(office: Office) -> Iterator[Store]:
    """Open the record to read it.

    Raises:
        HandbookError: if there is none, or it cannot be used.

    """
    with open_to_read(office.folder, office.root, office.register.record.people) as store:
        yield store


@contextmanager
def recording(office: Office) -> Iterator[Store]:
    """Open the record to change it in one transaction, after what is too old was deleted.

    Raises:
        HandbookError: if it cannot be used.

    """
    with open_to_write(office.folder, office.root, office.register.record.people) as store:
        delete_expired(office, store)
        with store.changes():
            yield store


def delete_expired(office: Office, store: Store) -> Deleted:
    """Delete what is older than the register allows, and say how much that was.

    Raises:
        HandbookError: if something would be deleted for good because `--today` is a day to come.

    """
    with store.changes():
        deleted = store.delete_before(office.oldest)
        if deleted.total and office.today > office.registers.organization.today():
            raise HandbookError(
                f"--today {office.today} is in the future, and would delete {entries(deleted)} for good;"
                " leave it out, or correct it"
            )
    if deleted.total:
        months = counted(office.register.record.keep_months, "month")
        click.echo(f"{entries(deleted)} from before {office.oldest} deleted, after {months}", err=True)
    return deleted


def entries(deleted: Deleted) -> str:
    """Return what was deleted, in words."""
    parts = (
        (deleted.replies, ("reply", "replies")),
        (deleted.decisions, ("decision", "decisions")),
        (deleted.listed, ("place on a list", "places on lists")),
    )
    return ", ".join(f"{number:,} {nouns[number != 1]}" for number, nouns in parts if number)


def person_named(store: Store, text: str) -> Person:
    """Return what the record keeps of an id on the command line.

    Raises:
        HandbookError: if it cannot be one.

    """
    try:
        return store.identities.of(text)
    except ValueError as error:
        raise HandbookError(f"the person {error}; write the mail address or the number") from None
