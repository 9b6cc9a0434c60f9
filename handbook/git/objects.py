"""Reads files, folders, and links from a commit, without a checkout."""

import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final, cast

from handbook.errors import HandbookError
from handbook.git.process import AT_ONCE, MISSING_OBJECTS, Stream, start_git
from handbook.text.quoting import short_commit

LINK: Final = "120000"
_MOST_LINKS: Final = 10


class ObjectReader:
    """Reads many objects through one process of git, which starts when it is needed."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def read(self, name: str) -> bytes:
        """Return the content of a blob.

        Raises:
            HandbookError: if the repository does not have it, for example in a partial clone.

        """
        to_git = cast("BinaryIO", self._process.stdin)
        try:
            to_git.write(f"{name}\n".encode())
            to_git.flush()
        except BrokenPipeError:  # git ended, because an earlier object is missing
            raise HandbookError(f"git cannot read the history: {MISSING_OBJECTS}") from None
        return _answer(cast("BinaryIO", self._process.stdout), name)

    def read_each(self, names: Iterable[str]) -> Iterator[bytes]:
        """Yield the content of each blob, in order, from a process of its own, which prepares the next ones.

        Raises:
            HandbookError: if the repository does not have one of them.

        """
        asked = list(names)
        with tempfile.TemporaryFile() as file:
            file.write("".join(f"{name}\n" for name in asked).encode())
            file.seek(0)
            with self._start("--buffer", stdin=file) as process:
                answers = cast("BinaryIO", process.stdout)
                yield from (_answer(answers, name) for name in asked)

    def close(self) -> None:
        """End the process, if it was started."""
        if "_process" in vars(self):
            with suppress(BrokenPipeError):  # git may have ended before
                self._process.communicate()

    @cached_property
    def _process(self) -> subprocess.Popen[bytes]:
        return self._start(stdin=subprocess.PIPE)

    def _start(self, *options: str, stdin: Stream) -> subprocess.Popen[bytes]:
        arguments = ("cat-file", "--batch", *options)
        return start_git(self._root, *arguments, stdin=stdin, stderr=subprocess.DEVNULL, buffer=AT_ONCE)


def _answer(from_git: BinaryIO, name: str) -> bytes:
    head = from_git.readline().split()
    if len(head) != 3:
        raise HandbookError(f"git does not have the object {short_commit(name)}; {MISSING_OBJECTS}")
    content = from_git.read(int(head[2]))
    from_git.read(1)
    return content


@dataclass(frozen=True, slots=True)
class CommitTree:
    """The files of a handbook in one commit: mode and object of each, by path."""

    reader: ObjectReader
    entries: Mapping[str, tuple[str, str]]

    def read(self, path: str) -> bytes | None:
        """Return the content of a file, or None; a link is followed to its target within the handbook."""
        blob = self.resolve(path)
        return self.reader.read(blob) if blob else None

    def names(self, folder: str) -> list[str]:
        """Return the names of the files in a folder, sorted."""
        return [path for path in self.paths(folder) if "/" not in path]

    def paths(self, folder: str) -> list[str]:
        """Return the files in a folder and in the folders directly in it, sorted, by paths from there."""
        start = folder.rstrip("/") + "/"
        inside = (path.removeprefix(start) for path in self.entries if path.startswith(start))
        return sorted(path for path in inside if path.count("/") <= 1)

    def resolve(self, path: str) -> str | None:
        """Return the blob with a file's content, or None if there is none."""
        for _ in range(_MOST_LINKS):
            mode, name = self.entries.get(path, ("", ""))
            if mode != LINK:
                return name or None
            path = _joined(path, os.fsdecode(self.reader.read(name)))
        return None


def _joined(link: str, target: str) -> str:
    return os.path.normpath(PurePosixPath(link).parent / target)
