"""Options of the commands that prepare requests for a job, and how these are written."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

import click

from handbook.errors import HandbookError
from handbook.files.atomic_write import FileWrite, cannot_be_written, write_together
from handbook.forges.requests import Request, request_files

existing_option = click.option(
    "--existing",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="What the platform has, as its interface lists it (JSON).",
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


def write_requests(
    folder: Path, requests: Iterable[Request], more: Mapping[str, bytes] = MappingProxyType({})
) -> None:
    """Write requests, and more files, into a folder that does not exist yet.

    Raises:
        HandbookError: if it is there already, or cannot be written to.

    """
    if folder.exists() and any(folder.iterdir()):
        raise HandbookError(f"{folder} is not empty, so nothing was written; name another folder")
    files = {**request_files(requests), **more}
    try:
        write_together([FileWrite(folder / name, data) for name, data in files.items()])
    except OSError as error:
        raise cannot_be_written(folder, error) from None
