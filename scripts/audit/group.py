"""`handbook audit`: what the history of the handbook proves."""

import datetime
from functools import partial
from pathlib import Path

import click

from handbook.clock import day_of_commit
from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.git.repository import WHOLE_HISTORY, Repository
from handbook.history.compliance import days_between, tally
from handbook.history.compliance_formats import FORMATS
from handbook.history.formats import FORMATS as HISTORY
from handbook.history.page_history import narrowed, read_history, redline_of, with_drafts
from handbook.history.page_versions import page_test, page_versions
from handbook.registers.organization import load_organization
from handbook.registers.owners import load_owners
from scripts.audit import pack as audit_pack
from scripts.audit import register as audit_register
from scripts.options import Day, branch_option, format_option, repository_of, root_option, told_in_a_sentence

_MOST_DAYS = 5_000


@click.group(name="audit")
def command() -> None:
    """Show what the history of the handbook proves."""


@command.command(epilog="Exit status: 0, or 2 when the command could not run.")
@root_option
@branch_option
@click.option("--from", "first", type=Day(), required=True, metavar="DATE", help="The first day.")
@click.option("--to", "last", type=Day(), metavar="DATE", help="The last day; without it, today.")
@click.option(
    "--every",
    type=click.Choice(["day", "week", "month"]),
    default="week",
    show_default=True,
    help="Which days between are shown.",
)
@format_option("How it is shown.", FORMATS)
@told_in_a_sentence
def compliance(
    root: Path,
    branch: str | None,
    first: datetime.date,
    last: datetime.date | None,
    every: str,
    name: str,
) -> int:
    """Show which part of the pages was in order, over time.

    For the end of each day: how many pages were published, how many of them in order, due soon,
    overdue, or without the date of a review; and the share in order, due soon included. It is read
    from the history of the main branch, where the handbook is published from.
    """
    organization = load_organization(Folder(root))
    last = last or organization.today()
    days = _days(first, last, every, organization.today())
    repository = repository_of(root)
    branch = branch or repository.main_branch()
    _refuse_what_is_cut_off(repository, branch, first)
    versions = page_versions(repository, branch, organization.time_zone, days)
    click.echo(FORMATS[name](tally(versions, days)), nl=False)
    return 0


@command.command(epilog="Exit status: 0, or 2 when the command could not run.")
@click.argument("pages", nargs=-1, metavar="[PAGE]...")
@root_option
@branch_option
@click.option("--from", "first", type=Day(), metavar="DATE", help="The first day; without it, any.")
@click.option("--to", "last", type=Day(), metavar="DATE", help="The last day; without it, any.")
@format_option("How it is shown.", HISTORY)
@told_in_a_sentence
def history(
    pages: tuple[str, ...],
    root: Path,
    branch: str | None,
    first: datetime.date | None,
    last: datetime.date | None,
    name: str,
) -> int:
    """Show every change of every page, or of each PAGE, newest first, word by word.

    For each change: its day, why, the pull request, whether it was editorial or substantive, and who,
    as far as the commits say so and organization.yml lets names be shown. It is read from the history
    of the main branch; renames are followed, and commits in .git-blame-ignore-revs are left out.
    """
    organization = load_organization(Folder(root))
    owners = load_owners(Folder(root), organization)
    _refuse_days(first or datetime.date.min, last or organization.today(), organization.today())
    repository = repository_of(root)
    if repository.is_empty:
        raise HandbookError("no page is committed yet; commit the handbook, then run this again")
    branch = branch or repository.main_branch()
    is_page = page_test(root, organization.languages)
    names = organization.history_names
    found = read_history(repository, branch, organization.time_zone, names, is_page, owners.roles_of)
    wanted = narrowed(with_drafts(found, repository, branch, is_page), pages, first, last)
    click.echo(HISTORY[name](wanted, partial(redline_of, repository)), nl=False)
    return 0


def _refuse_days(first: datetime.date, last: datetime.date, today: datetime.date) -> None:
    if last > today:
        raise HandbookError(f"{last} is still to come; name {today} or an earlier day in --to")
    if first > last:
        raise HandbookError(f"{first} is after {last}; give the earlier day in --from")


def _days(first: datetime.date, last: datetime.date, every: str, today: datetime.date) -> list[datetime.date]:
    _refuse_days(first, last, today)
    days = days_between(first, last, every)
    if len(days) > _MOST_DAYS:
        raise HandbookError(f"these are {len(days):,} days; name a later day in --from, or --every month")
    return days


def _refuse_what_is_cut_off(repository: Repository, branch: str, first: datetime.date) -> None:
    """Say so where a shallow clone does not know the first day, and would show too few pages."""
    if repository.is_shallow:
        oldest = repository.first_parents(branch)[-1]
        known = day_of_commit(oldest.name, oldest.seconds, datetime.UTC)
        if first <= known:
            raise HandbookError(f"this clone knows the history only since {known}; {WHOLE_HISTORY}")


command.add_command(audit_pack.command)
command.add_command(audit_register.command)
