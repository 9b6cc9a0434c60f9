"""Where the files of a handbook are read from: a folder on disk, or a commit in git."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from handbook.errors import HandbookError


class Tree(Protocol):
    """The files of one handbook, by their paths from its root, with `/`."""

    def read(self, path: str) -> bytes | None:
        """Return what is in a file, or None where there is no such file."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A handbook as it lies on disk."""

    root: Path

    def read(self, path: str) -> bytes | None:
        """Return what is in a file, or None.

        Raises:
            HandbookError: when the file is there and cannot be read.

        """
        try:
            return (self.root / path).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise HandbookError(f"{path} cannot be read ({error.strerror}); check its permissions") from None
