"""Options of the commands that prepare requests for a job, and how a named file is read."""

from pathlib import Path

import click

from handbook.errors import HandbookError

existing_option = click.option(
    "--existing",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The platform's list of its issues (JSON).",
)
requests_option = click.option(
    "--requests",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Write what a job has to send into this new folder: a list, and a file for each request.",
)


def read_file(file: Path) -> bytes:
    """Return what is in a file that was named.

    Raises:
        HandbookError: if it cannot be read.

    """
    try:
        return file.read_bytes()
    except OSError as error:
        raise HandbookError(f"{file} cannot be read ({error.strerror}); name another file") from None
