"""Reads the files of a handbook, from a folder on disk or from a commit in git."""

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from handbook.errors import HandbookError
from handbook.files.links import refuse_linked


class FileTree(Protocol):
    """The files of one handbook, by their paths from its root, with `/`."""

    def read(self, path: str) -> bytes | None:
        """Return what is in a file, or None if there is no such file."""

    def names(self, folder: str) -> list[str]:
        """Return the names of the files in a folder, sorted; none if there is no such folder."""

    def paths(self, folder: str) -> list[str]:
        """Return the files in a folder and in the folders directly in it, sorted, by paths from there."""


def refuse_endless(file: str | Path) -> None:
    """Refuse what may never end when it is read: a pipe, a device.

    Raises:
        OSError: if the file is one, or cannot be found.

    """
    mode = os.stat(file).st_mode  # noqa: PTH116 - a Path for each page costs a tenth
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.EINVAL, "it is not an ordinary file")


@dataclass(frozen=True, slots=True)
class Folder:
    """A handbook on disk."""

    root: Path

    def read(self, path: str) -> bytes | None:
        """Return what is in a file, or None.

        Raises:
            HandbookError: if the file exists and cannot be read, or is a symbolic link.

        """
        refuse_linked(self.root, path)
        try:
            refuse_endless(self.root / path)
            return (self.root / path).read_bytes()
        except FileNotFoundError:
            return None
        except IsADirectoryError:
            message = f"{path} is a folder; rename or delete it, and restore the file from the history"
            raise HandbookError(message) from None
        except OSError as error:
            raise HandbookError(f"{path} cannot be read ({error.strerror}); check its permissions") from None

    def names(self, folder: str) -> list[str]:
        """Return the names of the files in a folder, sorted, with those that `read` refuses.

        Raises:
            HandbookError: if the folder exists and cannot be read, or is a symbolic link.

        """
        refuse_linked(self.root, folder)
        try:
            entries = (self.root / folder).iterdir()
            return sorted(entry.name for entry in entries if entry.is_symlink() or not entry.is_dir())
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise HandbookError(
                f"{folder} cannot be read ({error.strerror}); check its permissions"
            ) from None

    def paths(self, folder: str) -> list[str]:
        """Return the files in a folder and in the folders directly in it, sorted, by paths from there.

        Raises:
            HandbookError: if one of these folders cannot be read.

        """
        inner = (
            f"{name}/{file}" for name in self._folders(folder) for file in self.names(f"{folder}/{name}")
        )
        return sorted([*self.names(folder), *inner])

    def _folders(self, folder: str) -> list[str]:
        base = self.root / folder
        return [entry.name for entry in base.iterdir() if entry.is_dir()] if base.is_dir() else []
