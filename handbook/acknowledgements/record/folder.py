"""The folder of the record, which only its owner can read, and which is never in git."""

import os
import secrets
import stat
from pathlib import Path
from typing import Final

from handbook.errors import HandbookError
from handbook.files.atomic_write import cannot_be_written
from handbook.git.repository import NoRepositoryError, Repository

# Where the record is unless another folder is named.
FOLDER: Final = ".acknowledgements"
DATABASE: Final = "record.sqlite"
_KEY: Final = "key"
_IGNORE: Final = ".gitignore"
_IGNORED: Final = b"# Who accepted what is not part of the handbook: nothing here goes into git.\n*\n"
_KEY_BYTES: Final = 32
_FOLDER_MODE: Final = 0o700
_FILE_MODE: Final = 0o600


def has_record(folder: Path) -> bool:
    """Tell whether there is a record in a folder."""
    return (folder / DATABASE).is_file()


def prepare_folder(folder: Path, root: Path) -> None:
    """Make the folder and the empty file of the record, which only their owner can read, if they are missing.

    Raises:
        HandbookError: if git keeps files there, a part of it is a link, or it cannot be written to.

    """
    refuse_tracked(folder, root)
    try:
        folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
        _restrict(folder, _FOLDER_MODE)
        _make_private(folder / _IGNORE, _IGNORED)
        _make_private(folder / DATABASE, b"")
    except OSError as error:
        raise cannot_be_written(error.filename or folder, error) from None


def refuse_tracked(folder: Path, root: Path) -> None:
    """Refuse a folder that is a link, that has files of git, or that is beside such files below `root`.

    Raises:
        HandbookError: if it is one.

    """
    for path in (folder, folder / DATABASE, folder / _KEY, folder / _IGNORE):
        if path.is_symlink():
            raise HandbookError(f"{path} is a link; delete it, or name another folder with --record")
    existing = next(path for path in (folder, *folder.parents) if path.is_dir())
    try:
        with Repository(existing) as repository:
            tracked = _tracked(repository, folder, root)
    except NoRepositoryError:
        return
    if tracked:
        raise HandbookError(
            f"git keeps files in {tracked}, and who accepted what must not get into its history; name another"
            " folder with --record, or take the files out with `git rm --cached`"
        )


def _tracked(repository: Repository, folder: Path, root: Path) -> Path | None:
    """Return the first folder with files of git: this one, or one between it and the handbook."""
    top = Path(os.path.realpath(repository.ask("rev-parse", "--show-toplevel").removesuffix("\n")))
    target, start = Path(os.path.realpath(folder)), Path(os.path.realpath(root))
    between = [place for place in target.parents if place.is_relative_to(start) and place != start]
    for place in (target, *between):
        pattern = f":(top,literal){place.relative_to(top).as_posix()}"
        if repository.ask("ls-files", "-z", "--", pattern):
            return place
    return None


def _make_private(file: Path, data: bytes) -> None:
    """Write a file that nobody else may read, unless it is there; then take back what others may do."""
    if file.exists():
        _restrict(file, _FILE_MODE)
        return
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())


def _restrict(path: Path, mode: int) -> None:
    if stat.S_IMODE(path.stat().st_mode) & ~mode:
        path.chmod(mode)


def read_key(folder: Path) -> bytes:
    """Return the key of the pseudonyms.

    Raises:
        HandbookError: if there is none, or it is not one of ours.

    """
    file = folder / _KEY
    try:
        key = bytes.fromhex(file.read_text(encoding="ascii"))
    except FileNotFoundError:
        raise HandbookError(
            f"{file} is missing, and without it nobody in the record can be recognized; get it back from a"
            " backup, or delete the folder and begin a new record"
        ) from None
    except ValueError:
        key = b""
    if len(key) != _KEY_BYTES:
        raise HandbookError(f"{file} is not a key as it was made; get it back from a backup")
    return key


def make_key(folder: Path) -> None:
    """Make the key of the pseudonyms, once.

    Raises:
        HandbookError: if it cannot be written.

    """
    try:
        _make_private(folder / _KEY, f"{secrets.token_hex(_KEY_BYTES)}\n".encode("ascii"))
    except OSError as error:
        raise cannot_be_written(folder / _KEY, error) from None
