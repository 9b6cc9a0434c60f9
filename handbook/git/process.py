"""Runs git in an environment of its own, and turns its refusals into sentences."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import IO, TYPE_CHECKING, Final, TypeAlias, cast

from handbook.errors import HandbookError

if sys.platform == "linux":
    import fcntl
if TYPE_CHECKING:
    from io import BufferedReader

_NOT_INSTALLED: Final = "git is not installed; install it, then run this again"
# Whatever a hook or a colleague's setup says, git reads this repository as it is, and takes no lock for it.
_ALWAYS: Final = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_REPLACE_OBJECTS": "1", "LC_ALL": "C"}
# How many bytes of git's answer wait in the pipe, and are read at once. With 64 KiB, as usual, git waits for
# half of the time, because the thread that reads waits 5 ms for each turn while another one computes.
_AT_ONCE: Final = 1 << 20
# Who commits, when, and with which configuration.
COMMITTER_VARIABLES: Final = ("GIT_AUTHOR_", "GIT_COMMITTER_", "GIT_CONFIG_")

GitResult: TypeAlias = subprocess.CompletedProcess[bytes]
_Stream: TypeAlias = int | IO[bytes] | None


def git_environment(kept: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the environment of git. Of git's own variables it has those that begin with a word in `kept`."""
    variables = {
        key: value for key, value in os.environ.items() if not key.startswith("GIT_") or key.startswith(kept)
    }
    return variables | _ALWAYS


def run_git(
    folder: Path,
    *arguments: str,
    data: bytes | None = None,
    environment: Mapping[str, str] | None = None,
) -> GitResult:
    """Run git in a folder, with `data` as its standard input; a refusal is in what it returns.

    Raises:
        HandbookError: when git is not installed.

    """
    try:
        return subprocess.run(
            ["git", "-C", str(folder), *arguments],
            input=data,
            capture_output=True,
            check=False,
            env=environment or git_environment(),
        )
    except FileNotFoundError:
        raise HandbookError(_NOT_INSTALLED) from None


def start_git(
    folder: Path, *arguments: str, stdin: _Stream = None, stderr: _Stream = None
) -> subprocess.Popen[bytes]:
    """Start git in a folder; its standard output is a pipe.

    Raises:
        HandbookError: when git is not installed.

    """
    command = ["git", "-C", str(folder), *arguments]
    try:
        return subprocess.Popen(
            command, stdin=stdin, stdout=subprocess.PIPE, stderr=stderr, env=git_environment()
        )
    except FileNotFoundError:
        raise HandbookError(_NOT_INSTALLED) from None


class RunningGit:
    """A run of git whose answer a thread reads as it comes, so that git never waits for its reader."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - close() closes it
        self._process = start_git(folder, *arguments, stderr=self._errors)
        _widen(self._process.stdout)
        self._parts: SimpleQueue[bytes] = SimpleQueue()
        self._reader = Thread(target=self._read)
        self._reader.start()

    def parts(self) -> Iterator[bytes]:
        """Yield the answer in parts, while git works on the rest.

        Raises:
            HandbookError: when git refuses; it quotes git's reason.

        """
        yield from iter(self._parts.get, b"")
        if self._process.wait():
            self._errors.seek(0)
            raise HandbookError(refusal(self._errors.read()))

    def close(self) -> None:
        """End git, if it still runs."""
        self._process.kill()
        self._reader.join()
        self._process.wait()
        self._errors.close()

    def _read(self) -> None:
        with cast("BufferedReader", self._process.stdout) as answer:
            while part := answer.read1(_AT_ONCE):
                self._parts.put(part)
        self._parts.put(b"")


def _widen(pipe: IO[bytes] | None) -> None:
    """Let a pipe hold more, as far as the system allows it."""
    if sys.platform == "linux" and pipe:
        with suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _AT_ONCE)


def refusal(stderr: bytes, task: str = "read the history") -> str:
    """Return a sentence that says what git could not do, and its reason."""
    return f"git cannot {task}: {first_reason(stderr) or 'it gave no reason'}"


def first_reason(stderr: bytes) -> str:
    """Return git's first reason to stop; if it named none, the first line of what it wrote."""
    lines = stderr.decode(errors="replace").strip().splitlines()
    fatal = (line for line in lines if line.startswith("fatal: "))
    return next(fatal, lines[0] if lines else "").removeprefix("fatal: ")
