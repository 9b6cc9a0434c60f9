"""`handbook audit history`: what changed in the pages, when, and why."""

import datetime
from pathlib import Path

import click

from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.git.repository import Repository
from handbook.history.changes import History, filter_history
from handbook.history.formats import FORMATS, encoded_json
from handbook.history.page_history import read_history
from handbook.history.redline_cache import redline_cache
from handbook.history.redlines import read_redlines
from handbook.history.uncommitted import with_uncommitted
from scripts.audit.options import refuse_days
from scripts.garbage import without_collecting
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
@click.option(
    "--from",
    "first",
    type=DayParameter(),
    metavar="DATE",
    help="The first day that is shown; without it, the first of all.",
)
@click.option(
    "--to",
    "last",
    type=DayParameter(),
    metavar="DATE",
    help="The last day that is shown; without it, the last of all.",
)
@format_option("How it is shown.", FORMATS)
@exits_with_status
@without_collecting()
def command(
    pages: tuple[str, ...],
    root: Path,
    branch: str | None,
    first: datetime.date | None,
    last: datetime.date | None,
    name: str,
) -> int:
    """Show every change of every page, or of each PAGE, newest first, word by word.

    For each change, it shows the day, the reason, the pull request, whether it was editorial or
    substantive, and who made it, as far as the commits say so and organization.yml allows it. It reads
    the history of the main branch, follows renames, and leaves out commits in .git-blame-ignore-revs.
    Redlines are kept in .cache/, for the next time.
    """
    repository = repository_of(root)
    if repository.is_empty:
        raise HandbookError("no page is committed yet; commit the handbook, then run this again")
    tip = repository.commit(branch or repository.main_branch())
    repository.start_log(tip)
    history = filter_history(_read(repository, tip, first, last), pages, first, last)
    redlines = read_redlines(root, history, redline_cache(repository))
    if name == "json":  # These redlines are encoded: none has to be read and encoded again.
        shown = encoded_json(history, redlines.encoded).decode()
    else:
        shown = FORMATS[name](history, redlines.pieces)
    click.echo(shown, nl=False)
    return 0


def _read(
    repository: Repository, tip: str, first: datetime.date | None, last: datetime.date | None
) -> History:
    """Read the history, and show of its authors what organization.yml allows; refuse impossible days."""
    # The registers take 0.15 seconds to import. In that time git works on the log.
    from handbook.content.mkdocs_settings import page_test
    from handbook.registers.organization import load_organization
    from handbook.registers.owners import load_owners

    folder = Folder(repository.root)
    organization = load_organization(folder)
    owners = load_owners(folder, organization)
    refuse_days(first or datetime.date.min, last or organization.today(), organization.today())
    is_page = page_test(repository.root, organization.languages)
    names, zone = organization.history_names, organization.time_zone
    history = read_history(
        repository,
        tip,
        zone,
        names,
        is_page,
        owners.roles_of,
        organization.today(),
        organization.history_since,
    )
    return with_uncommitted(history, repository, tip, is_page)
