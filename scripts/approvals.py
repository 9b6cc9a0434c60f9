"""`handbook approvals`: which pages a change reaches, and who has to agree to it."""

import datetime
from pathlib import Path

import click

from handbook.baseline import Baseline
from handbook.check.read_change import read_change
from handbook.forges.agreement import agreement_on
from handbook.forges.agreement_formats import FORMATS
from handbook.history.past_handbook import read_past
from handbook.registers.code_owners import CODE_HOSTS
from scripts.edition.options import DATA_EPILOG
from scripts.options import exits_with_status, format_option, repository_of, root_option, today_option
from scripts.site.publication import INSTALLATION, read_handbook


@click.command(name="approvals", epilog=DATA_EPILOG)
@click.option(
    "--changed-since",
    required=True,
    metavar="REVISION",
    help="What the change goes to, such as origin/main.",
)
@click.option(
    "--on",
    "host",
    type=click.Choice(list(CODE_HOSTS)),
    help="Name the accounts that holders of roles have there.",
)
@root_option
@today_option
@format_option("Output format: text for people, markdown for a comment, json for programs.", FORMATS)
@exits_with_status
def command(changed_since: str, host: str | None, root: Path, today: datetime.date | None, name: str) -> int:
    """Show which pages a change reaches, and who has to agree to it.

    A page is reached if its text changes, if it moves, or if it shows other values or facts of a register.
    Its owner has to agree, and if its text changes, those who read it in a review, too. Owners and holders
    count as they were before the change. `handbook changes` shows what a change of code does to pages.
    """
    repository = repository_of(root)
    handbook, context = read_handbook(root, today)
    commit = repository.fork_point(changed_since)
    changes = repository.changes_since(commit)
    before = read_past(repository.tree(commit), handbook.today, context.expressions_of)
    baseline = Baseline(before, repository, changes.moved)
    change = read_change(repository, commit, changes, INSTALLATION)
    click.echo(FORMATS[name](agreement_on(handbook, baseline, change, host)), nl=False)
    return 0
