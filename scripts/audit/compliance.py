"""`handbook audit compliance`: how many pages were in order on each day."""

import datetime
from pathlib import Path

import click

from handbook.clock import day_of_commit
from handbook.compliance.formats import FORMATS
from handbook.compliance.page_versions import days_of_branch, page_versions
from handbook.compliance.tally import days_between, tally
from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.git.repository import WHOLE_HISTORY, Repository
from handbook.registers.organization import load_organization
from handbook.text.counting import counted
from scripts.audit.options import refuse_days
from scripts.options import (
    DayParameter,
    branch_option,
    exits_with_status,
    format_option,
    repository_of,
    root_option,
)
from scripts.site.publication import expressions_for
from scripts.terminal import progress

_MOST_DAYS = 5_000


@click.command(name="compliance", epilog="Exit status: 0, or 2 if the command could not run.")
@root_option
@branch_option
@click.option("--from", "first", type=DayParameter(), required=True, metavar="DATE", help="The first day.")
@click.option("--to", "last", type=DayParameter(), metavar="DATE", help="The last day; without it, today.")
@click.option(
    "--every",
    type=click.Choice(["day", "week", "month"]),
    default="week",
    show_default=True,
    help="Which days are shown.",
)
@format_option("How it is shown.", FORMATS)
@exits_with_status
def command(
    root: Path,
    branch: str | None,
    first: datetime.date,
    last: datetime.date | None,
    every: str,
    name: str,
) -> int:
    """Show what share of the pages was in order over time.

    For the end of each day, it shows how many pages were published, how many of them were in order, due
    soon, overdue, or without the date of a review, and the share in order, including due soon. It reads
    the history of the main branch, from which the handbook is published.
    """
    organization = load_organization(Folder(root))
    today = organization.today()
    last = last or today
    days = _days(first, last, every, today)
    repository = repository_of(root)
    branch = branch or repository.main_branch()
    _refuse_unknown_days(repository, branch, first)
    own = days_of_branch(repository, branch, organization.time_zone, today, organization.history_since)
    if organization.history_since and first < own.days[0]:
        raise HandbookError(
            f"the history here begins on {own.days[0]}; name that day or a later one in --from"
        )
    with progress("reading the history"):
        versions = page_versions(
            repository, branch, organization.time_zone, today, days, expressions_of=expressions_for(root)
        )
        tallies = tally(versions, days)
    if first < own.days[0]:
        click.echo(
            f"the history here begins on {own.days[0]}; what pages said before that day is not known",
            err=True,
        )
    for commit in own.misdated:
        click.echo(commit, err=True)
    click.echo(FORMATS[name](tallies), nl=False)
    return 0


def _days(first: datetime.date, last: datetime.date, every: str, today: datetime.date) -> list[datetime.date]:
    refuse_days(first, last, today)
    days = days_between(first, last, every)
    if len(days) > _MOST_DAYS:
        raise HandbookError(
            f"these are {counted(len(days), 'day')}; name a later day in --from, or use --every month"
        )
    return days


def _refuse_unknown_days(repository: Repository, branch: str, first: datetime.date) -> None:
    """Refuse a first day that a shallow clone does not reach, because it would show too few pages."""
    if repository.is_shallow:
        oldest = repository.first_parents(branch)[-1]
        first_known = day_of_commit(oldest.name, oldest.seconds, datetime.UTC)
        if first <= first_known:
            raise HandbookError(f"this clone knows the history only since {first_known}; {WHOLE_HISTORY}")
