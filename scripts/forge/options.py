"""What the commands of `handbook forge` share: the platform, what is there already, and the requests."""

from collections.abc import Sequence
from pathlib import Path

import click

from handbook.forges.requests import INTERFACES, Answer, Request, read_answers
from handbook.text.counting import counted
from scripts.request_folder import write_requests

EPILOG = "Exit status: 0 if the requests were written, 2 if none was."
host_option = click.option(
    "--on",
    "host",
    type=click.Choice(list(INTERFACES)),
    required=True,
    help="Where the requests will be sent.",
)
existing_option = click.option(
    "--existing",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    metavar="FILE",
    help="The platform's answer with what is there already (JSON).",
)
requests_option = click.option(
    "--requests",
    "folder",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FOLDER",
    help="New folder for the requests: the file `list` has a line for each.",
)


def answers_in(file: Path) -> list[Answer]:
    """Read what the platform answered.

    Raises:
        HandbookError: if the file is something else.

    """
    return read_answers(file.read_text(encoding="utf-8", errors="replace"), str(file))


def write_and_count(folder: Path, requests: Sequence[Request]) -> None:
    """Write requests into a new folder, and say how many there are.

    Raises:
        HandbookError: if the folder is there already, or cannot be written.

    """
    write_requests(folder, requests)
    click.echo(f"{folder}: {counted(len(requests), 'request')} to be sent")
