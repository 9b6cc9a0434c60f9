"""Runs git in an environment of its own, and turns its refusals into sentences."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
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

# A partial clone gets objects when they are asked for, if its origin can be reached.
MISSING_OBJECTS: Final = (
    "this clone lacks a part of the history; connect to the network and run `git fetch --refetch"
    " --no-filter`, or clone the whole repository again"
)
_NOT_INSTALLED: Final = "git is not installed; install it, then run this again"
# Whatever a hook or a colleague's setup says, git reads this repository as it is, and takes no lock for it.
# It fills its buffer before it writes, and does not write each commit of a log on its own.
_ALWAYS: Final = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_FLUSH": "0",
    "LC_ALL": "C",
}
# Two people read one history, however each of them set up git. An option on the command line outweighs every
# configuration. What says how files lie on this disk (line ends, links), which folders are trusted, where
# missing objects come from, and with which keys to sign and to verify an edition stays as it is.
_SETTINGS: Final = {
    "blame.coloring": "none",
    "blame.markIgnoredLines": "false",
    "blame.markUnblamableLines": "false",
    "color.diff": "false",
    "color.status": "false",
    "color.ui": "false",
    "core.attributesFile": os.devnull,
    "core.commitGraph": "false",
    "core.excludesFile": os.devnull,
    "core.fsmonitor": "false",
    "core.warnAmbiguousRefs": "true",
    "diff.algorithm": "myers",
    "diff.ignoreSubmodules": "none",
    "diff.indentHeuristic": "true",
    "diff.orderFile": os.devnull,
    "diff.relative": "false",
    "diff.renameLimit": "5000",
    "diff.renames": "true",
    "diff.submodule": "short",
    "i18n.logOutputEncoding": "UTF-8",
    "log.abbrevCommit": "false",
    "log.decorate": "false",
    "log.follow": "false",
    "log.showRoot": "true",
    "log.showSignature": "false",
    "mailmap.blob": "",
    "mailmap.file": "",
    "status.branch": "false",
    "status.renames": "true",
    "status.short": "false",
    "trailer.separators": ":",
}
_OPTIONS: Final = tuple(part for key, value in _SETTINGS.items() for part in ("-c", f"{key}={value}"))
# What git's reasons contain, and what a reader can do about each.
_ADVICE: Final = (
    (
        "dubious ownership",
        "the folder belongs to somebody else; if you trust them, run `git config --global --add"
        " safe.directory FOLDER` with this folder",
    ),
    ("not a git repository", "run this in a clone of the repository, not in a copy of its files"),
    ("object name list", "unset `blame.ignoreRevsFile` with `git config`, or restore the file that it names"),
    ("promisor", MISSING_OBJECTS),
    ("unable to read", MISSING_OBJECTS),
    ("bad object", MISSING_OBJECTS),
    ("missing", MISSING_OBJECTS),
    ("Permission denied", "ask who owns the folder to let you read it"),
)
# How many bytes of git's answer wait in the pipe, and are read at once. With 64 KiB, as usual, git waits for
# half of the time, because the thread that reads waits 5 ms for each turn while another one computes.
AT_ONCE: Final = 1 << 20
# Who commits, when, and with which configuration.
COMMITTER_VARIABLES: Final = ("GIT_AUTHOR_", "GIT_COMMITTER_", "GIT_CONFIG_")

GitResult: TypeAlias = subprocess.CompletedProcess[bytes]
Stream: TypeAlias = int | IO[bytes] | None


def git_environment(kept: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the environment of git. Of git's own variables it has those that begin with a word in `kept`."""
    variables = {
        key: value for key, value in os.environ.items() if not key.startswith("GIT_") or key.startswith(kept)
    }
    return variables | _ALWAYS


def _command(folder: Path, arguments: Sequence[str]) -> list[str]:
    return ["git", "-C", str(folder), "--no-pager", *_OPTIONS, *arguments]


def run_git(
    folder: Path,
    *arguments: str,
    data: bytes | None = None,
    environment: Mapping[str, str] | None = None,
) -> GitResult:
    """Run git in a folder, with `data` as its standard input; a refusal is in what it returns.

    Raises:
        HandbookError: if git is not installed.

    """
    try:
        return subprocess.run(
            _command(folder, arguments),
            input=data,
            capture_output=True,
            check=False,
            env=environment or git_environment(),
        )
    except FileNotFoundError:
        raise HandbookError(_NOT_INSTALLED) from None


def start_git(
    folder: Path, *arguments: str, stdin: Stream = None, stderr: Stream = None, buffer: int = -1
) -> subprocess.Popen[bytes]:
    """Start git in a folder; its standard output is a pipe, of which up to `buffer` bytes are read at once.

    Raises:
        HandbookError: if git is not installed.

    """
    command = _command(folder, arguments)
    try:
        process = subprocess.Popen(
            command,
            bufsize=buffer,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=stderr,
            env=git_environment(),
        )
    except FileNotFoundError:
        raise HandbookError(_NOT_INSTALLED) from None
    _widen(process.stdout)
    return process


class RunningGit:
    """A run of git whose answer a thread reads as it comes, so that git never waits for its reader."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - close() closes it
        self._process = start_git(folder, *arguments, stderr=self._errors)
        self._parts: SimpleQueue[bytes] = SimpleQueue()
        self._reader = Thread(target=self._read)
        self._reader.start()

    def parts(self) -> Iterator[bytes]:
        """Yield the answer in parts, while git works on the rest.

        Raises:
            HandbookError: if git refuses; it quotes git's reason.

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
            while part := answer.read1(AT_ONCE):
                self._parts.put(part)
        self._parts.put(b"")


def _widen(pipe: IO[bytes] | None) -> None:
    """Enlarge a pipe as far as the system allows."""
    if sys.platform == "linux" and pipe:
        with suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, AT_ONCE)


def refusal(stderr: bytes, task: str = "read the history") -> str:
    """Return a sentence that says what git could not do, its reason, and what to do if that is known."""
    text = stderr.decode(errors="replace")
    advice = next((f"; {advice}" for sign, advice in _ADVICE if sign in text), "")
    return f"git cannot {task}: {first_reason(stderr) or 'it gave no reason'}{advice}"


def first_reason(stderr: bytes) -> str:
    """Return git's first reason to stop; if it named none, the first line of what it wrote."""
    lines = stderr.decode(errors="replace").strip().splitlines()
    fatal = (line for line in lines if line.startswith("fatal: "))
    return next(fatal, lines[0] if lines else "").removeprefix("fatal: ")
