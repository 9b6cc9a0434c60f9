"""What the commands of `handbook forge` share: the platform, what is there already, and the requests."""

import os
from collections.abc import Sequence
from pathlib import Path

import click

from handbook.errors import HandbookError
from handbook.files.atomic_write import FileWrite, cannot_be_written, write_together
from handbook.forges.requests import INTERFACES, Answer, Request, read_answers, request_files
from handbook.text.counting import counted

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
    help="What is there already, as the platform answered (JSON).",
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


def write_requests(folder: Path, requests: Sequence[Request]) -> None:
    """Write requests into a new folder, and say how many there are.

    Raises:
        HandbookError: if the folder is there already, or cannot be written.

    """
    if os.path.lexists(folder):
        raise HandbookError(f"{folder} is there already, so nothing was written; name another folder")
    try:
        write_together([FileWrite(folder / name, data) for name, data in request_files(requests).items()])
    except OSError as error:
        raise cannot_be_written(error.filename or str(folder), error) from None
    click.echo(f"{folder}: {counted(len(requests), 'request')} to be sent")
