"""Writes the requests that a job has to send into a folder."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from handbook.errors import HandbookError
from handbook.files.atomic_write import FileWrite, cannot_be_written, write_together
from handbook.forges.requests import Request, request_files

_NOTHING: Mapping[str, bytes] = MappingProxyType({})


def write_requests(folder: Path, requests: Iterable[Request], more: Mapping[str, bytes] = _NOTHING) -> None:
    """Write requests, and more files, into a folder that does not exist yet, or is empty.

    Raises:
        HandbookError: if something is there already, or the folder cannot be written to.

    """
    try:
        if _holds_something(folder):
            raise HandbookError(f"{folder} is there already, so nothing was written; name another folder")
        files = {**request_files(requests), **more}
        write_together([FileWrite(folder / name, data) for name, data in files.items()])
    except OSError as error:
        raise cannot_be_written(error.filename or folder, error) from None


def _holds_something(folder: Path) -> bool:
    """Tell whether the name is taken by anything but an empty folder."""
    if folder.is_dir():
        return any(folder.iterdir())
    return folder.exists() or folder.is_symlink()
