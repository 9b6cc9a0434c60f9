"""`handbook review approved-branch`: where a job files what an approval says."""

from pathlib import Path

import click

from handbook.forges.reviews.events import Approval, read_event
from scripts.options import exits_with_status
from scripts.review.comments.options import read_file


@click.command(name="approved-branch", epilog="Exit status: 0, or 2 if the event cannot be read.")
@click.option(
    "--event",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    metavar="FILE",
    help="The event, as GitLab sent it (JSON).",
)
@exits_with_status
def command(event: Path) -> int:
    """Print the branch of a change if the event is its approval as an editorial one, or nothing.

    It is for the job on GitLab: what the event says is filed on that branch with `handbook review comment`.
    """
    read = read_event(read_file(event), event.name)
    if isinstance(read, Approval) and read.branch:
        click.echo(read.branch)
    return 0
