"""`handbook audit history`: what changed in pages, when, and why."""

import datetime
from functools import partial
from pathlib import Path

import click

from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.history.changes import filter_history
from handbook.history.formats import FORMATS as HISTORY
from handbook.history.page_history import read_history, redline_of
from handbook.history.page_versions import page_test
from handbook.history.uncommitted import with_uncommitted
from handbook.registers.organization import load_organization
from handbook.registers.owners import load_owners
from scripts.audit.options import refuse_days
from scripts.options import (
    DayParameter,
    branch_option,
    exits_with_status,
    format_option,
    repository_of,
    root_option,
)


@click.command(name="history", epilog="Exit status: 0, or 2 when the command could not run.")
@click.argument("pages", nargs=-1, metavar="[PAGE]...")
@root_option
@branch_option
@click.option("--from", "first", type=DayParameter(), metavar="DATE", help="The first day; without it, any.")
@click.option("--to", "last", type=DayParameter(), metavar="DATE", help="The last day; without it, any.")
@format_option("How it is shown.", HISTORY)
@exits_with_status
def command(
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
    refuse_days(first or datetime.date.min, last or organization.today(), organization.today())
    repository = repository_of(root)
    if repository.is_empty:
        raise HandbookError("no page is committed yet; commit the handbook, then run this again")
    branch = branch or repository.main_branch()
    is_page = page_test(root, organization.languages)
    names = organization.history_names
    found = read_history(repository, branch, organization.time_zone, names, is_page, owners.roles_of)
    wanted = filter_history(with_uncommitted(found, repository, branch, is_page), pages, first, last)
    click.echo(HISTORY[name](wanted, partial(redline_of, repository)), nl=False)
    return 0
