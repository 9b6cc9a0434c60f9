"""Lets one command at a time change a handbook on this machine.

The system holds the lock, so that it ends with the process, however that ends. The file of the lock only says
who holds it.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from handbook.errors import HandbookError
from handbook.files.atomic_write import cannot_be_written

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

CACHE: Final = ".cache"
_LOCK: Final = "lock"
_PAUSE: Final = 0.05
# Windows lets nobody read what is locked, so a byte beyond the text is.
_LOCKED_BYTE: Final = 1 << 20


@contextmanager
def exclusive_access(root: Path, task: str, patience: float = 20) -> Iterator[None]:
    """Wait up to `patience` seconds until no other command changes the handbook, then keep others away.

    `task` names the command in the message that others get.

    Raises:
        HandbookError: if another command goes on for longer, or the folder cannot be written to.

    """
    with _opened(cache_folder(root) / _LOCK) as file:
        _acquire(file, patience)
        _say(file, f"{task} (process {os.getpid()})")
        try:
            yield
        finally:
            with suppress(HandbookError):  # What is done is done.
                _say(file, "")


def cache_folder(root: Path) -> Path:
    """Return the folder that git ignores and that holds what commands keep; make it if necessary.

    Raises:
        HandbookError: if it cannot be made, or leads elsewhere.

    """
    folder = root / CACHE
    if folder.is_symlink():
        raise HandbookError(f"{folder} is a link; delete it, and run this again")
    try:
        folder.mkdir(exist_ok=True)
        if not (ignore := folder / ".gitignore").exists():
            ignore.write_bytes(b"*\n")
    except OSError as error:
        raise cannot_be_written(folder, error) from None
    return folder


def _opened(path: Path) -> BinaryIO:
    if path.is_symlink():
        raise HandbookError(f"{path} is a link; delete it, and run this again")
    try:
        path.touch()
        return path.open("r+b", buffering=0)
    except OSError as error:
        raise cannot_be_written(path, error) from None


def _acquire(file: BinaryIO, patience: float) -> None:
    end = time.monotonic() + patience
    while not _is_acquired(file):
        if time.monotonic() > end:
            file.seek(0)
            holder = file.read(200).decode(errors="replace") or "another command"
            raise HandbookError(
                f"{holder} is changing this handbook, so nothing was changed; wait until it ends, or end it,"
                " then run this again"
            )
        time.sleep(_PAUSE)


def _is_acquired(file: BinaryIO) -> bool:
    """Try to get the lock, which lasts until the file is closed."""
    try:
        if sys.platform == "win32":
            file.seek(_LOCKED_BYTE)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError as error:
        raise HandbookError(
            f"{file.name} cannot be locked ({error.strerror}), so two commands could undo each other's work;"
            " work in a copy on a disk of this machine"
        ) from None
    return True


def _say(file: BinaryIO, text: str) -> None:
    try:
        file.seek(0)
        file.truncate()
        file.write(text.encode())
    except OSError as error:
        raise cannot_be_written(Path(file.name), error) from None
