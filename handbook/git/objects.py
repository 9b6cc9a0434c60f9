"""Reads files, folders, and links out of a commit without checking anything out."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final, cast

from handbook.errors import HandbookError
from handbook.git.process import git_environment

LINK: Final = "120000"


_MOST_LINKS: Final = 10


class ObjectReader:
    """Reads many objects through one process, which starts when it is needed."""

    def __init__(self, root: Path) -> None:
        self._arguments = ["git", "-C", str(root), "cat-file", "--batch"]

    def read(self, name: str) -> bytes:
        """Return what is in a blob.

        Raises:
            HandbookError: when the repository has not got it, as in a partial clone.

        """
        to_git, from_git = cast("BinaryIO", self._process.stdin), cast("BinaryIO", self._process.stdout)
        to_git.write(name.encode() + b"\n")
        to_git.flush()
        head = from_git.readline().split()
        if len(head) != 3:
            raise HandbookError(f"git has not got the object {name[:10]}; fetch the whole repository")
        return from_git.read(int(head[2]) + 1)[:-1]

    def close(self) -> None:
        """End the process, if it has begun."""
        if "_process" in vars(self):
            self._process.communicate()

    @cached_property
    def _process(self) -> "subprocess.Popen[bytes]":
        pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
        return subprocess.Popen(
            self._arguments, stdin=pipe, stdout=pipe, stderr=nowhere, env=git_environment()
        )


@dataclass(frozen=True, slots=True)
class CommitTree:
    """The files of a handbook in one commit: mode and object of each, by path."""

    reader: ObjectReader
    entries: Mapping[str, tuple[str, str]]

    def read(self, path: str) -> bytes | None:
        """Return what was in a file, or None; a link leads to its target within the handbook."""
        found = self.resolve(path)
        return self.reader.read(found) if found else None

    def names(self, folder: str) -> list[str]:
        """Return the names of the files that lay in a folder, sorted."""
        start = folder.rstrip("/") + "/"
        inside = (path.removeprefix(start) for path in self.entries if path.startswith(start))
        return sorted(name for name in inside if "/" not in name)

    def resolve(self, path: str) -> str | None:
        """Return the object that holds a file's text, or None."""
        for _ in range(_MOST_LINKS):
            mode, name = self.entries.get(path, ("", ""))
            if mode != LINK:
                return name or None
            path = _joined(path, os.fsdecode(self.reader.read(name)))
        return None


def _joined(link: str, target: str) -> str:
    """Return the path that a link means, with its `..` taken out."""
    return os.path.normpath(PurePosixPath(link).parent / target)
