"""`handbook audit history`: what changed in the pages, when, and why."""

import datetime
from pathlib import Path

import click

from handbook.errors import HandbookError
from handbook.garbage import without_collecting
from handbook.git.repository import Repository
from handbook.history.changes import History, filter_history
from handbook.history.formats import FORMATS, encode_history, json_parts
from handbook.history.keeping.history_settings import read_settings
from handbook.history.keeping.whole_history import history_of, whole_history
from handbook.history.redline_cache import RedlineCache
from handbook.history.redlines import read_redlines
from handbook.history.uncommitted import with_uncommitted
from scripts.audit.options import refuse_days
from scripts.guarded_output import print_safe
from scripts.options import (
    DayParameter,
    branch_option,
    exits_with_status,
    format_option,
    repository_of,
    root_option,
)
from scripts.terminal import progress


@click.command(name="history", epilog="Exit status: 0, or 2 if the command could not run.")
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
    What it reads is kept in git's own folder, for the next run.
    """
    repository = repository_of(root)
    if repository.is_empty:
        raise HandbookError("no page is committed yet; commit the handbook, then run this again")
    tip = repository.commit(branch or repository.main_branch())
    if name == "json" and not (pages or first or last):
        with progress("reading the history"):
            parts = whole_history(repository, tip)
        print_safe(parts)
        return 0
    repository.start_log(tip)
    with progress("reading the history"):
        history = filter_history(_read(repository, tip, first, last), pages, first, last)
        redlines = read_redlines(root, history, RedlineCache(repository.kept_folder))
    if name == "json":  # These redlines are encoded: none has to be read and encoded again.
        print_safe(json_parts(history.pending, encode_history(history, redlines.encoded)))
    else:
        click.echo(FORMATS[name](history, redlines.pieces), nl=False)
    return 0


def _read(
    repository: Repository, tip: str, first: datetime.date | None, last: datetime.date | None
) -> History:
    """Read the history, and show of its authors what organization.yml allows; refuse impossible days."""
    settings = read_settings(repository.root, repository.kept_folder)
    refuse_days(first or datetime.date.min, last or settings.today, settings.today)
    return with_uncommitted(history_of(repository, tip, settings), repository, tip, settings.is_page)
