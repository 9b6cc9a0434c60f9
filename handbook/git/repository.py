"""Reads git: which commits there are, what changed since one, and files as they stood. Writes nothing."""

import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, Final, Self, cast

from handbook.errors import HandbookError
from handbook.git.blame import BlamedLine, read_blame
from handbook.git.log import LOG_FORMAT, SUBMODULE, LogEntry, parse_log
from handbook.git.objects import CommitTree, ObjectReader
from handbook.git.process import git_environment, refusal

WHOLE_HISTORY: Final = "fetch the whole history with `git fetch --unshallow` (in CI, ask for a full clone)"
# Begins a commit in the log: no path holds it.
_STEP: Final = "\x01commit "
# What `%G?` says of a signature that is good: the key may be unknown to this machine, or too old by now.
_GOOD: Final = frozenset("GUXY")
# Bytes of git's answer that are read at once.
_AT_ONCE: Final = 1 << 16
# What else would let two people read two histories: names and an order of files of their own set-up.
_OWN_TASTE: Final = ("-c", "mailmap.file=", "-c", "mailmap.blob=", "-c", f"diff.orderFile={os.devnull}")
# How many files of one commit are compared with each other to find those that moved and changed.
_MOST_MOVES: Final = 5_000


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit and when it was made, in seconds since 1970."""

    name: str
    seconds: int


@dataclass(frozen=True, slots=True)
class TreeChange:
    """A commit, and the files that it changed: mode and object of each, or None where it took one away."""

    commit: Commit
    files: Mapping[str, tuple[str, str] | None]


@dataclass(frozen=True, slots=True)
class WorkingTreeChanges:
    """What differs between a commit and the files on disk, by paths from the handbook's root.

    `touched` has files with another text, and new ones; `moved` says where a file stood before.
    """

    touched: frozenset[str]
    moved: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Author:
    """What a commit says of its author, and the keys it is signed with where git finds the signature good.

    Each key is a fingerprint, as `SHA256:…` or 40 hexadecimal digits. `is_signed` is true where there is
    a signature, good or not.
    """

    address: str
    keys: frozenset[str]
    is_signed: bool


class Repository:
    """The git repository that a handbook lies in, at its top or in a folder of it.

    `is_shallow` where the clone has only the end of the history. Leaving the `with` block ends the process
    that reads objects.

    Raises:
        HandbookError: when there is no repository, or git is missing or refuses.

    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._objects = ObjectReader(root)
        self.is_shallow = self.ask("rev-parse", "--is-shallow-repository") == "true\n"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self._objects.close()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing has been committed yet."""
        return bool(self._run("rev-parse", "--verify", "--quiet", "HEAD").returncode)

    def commit(self, revision: str) -> str:
        """Return the full name of the commit that a revision means.

        Raises:
            HandbookError: when there is none.

        """
        done = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if done.returncode or not revision.strip():
            mend = WHOLE_HISTORY if self.is_shallow else "fetch it first, or check its spelling"
            raise HandbookError(f"git knows no revision '{revision}' here; {mend}")
        return done.stdout.decode().strip()

    def fork_point(self, revision: str) -> str:
        """Return the commit in which the work at hand began, seen from a revision.

        Raises:
            HandbookError: when the two have no history in common.

        """
        done = self._run("merge-base", self.commit(revision), self.commit("HEAD"))
        if done.returncode:
            mend = WHOLE_HISTORY if self.is_shallow else "name the branch that the change goes to"
            raise HandbookError(f"'{revision}' and this branch have no history in common; {mend}")
        return done.stdout.decode().strip()

    def changes_since(self, commit: str) -> WorkingTreeChanges:
        """Compare a commit with the files on disk, those that git does not know yet included."""
        options = ("--raw", "-z", "-M", "--no-abbrev", "--no-ext-diff", "--no-textconv", "--relative")
        rows = _changed(self.ask("diff", *options, commit, "--", "."))
        untracked = self.ask("ls-files", "--others", "--exclude-standard", "-z", "--", ".")
        touched, moved = {path for path in untracked.split("\0") if path}, {}
        for status, before, path in rows:
            if before != path:
                moved[path] = before
            if status != "R100":
                touched.add(path)
        return WorkingTreeChanges(frozenset(touched), moved)

    def main_branch(self) -> str:
        """Return the branch that the published handbook comes from, or HEAD where no name tells."""
        names = ("main", "master", "remotes/origin/HEAD", "remotes/origin/main", "remotes/origin/master")
        refs = [f"refs/{name}" if name.startswith("remotes/") else f"refs/heads/{name}" for name in names]
        return next((ref for ref in refs if not self._run("rev-parse", "--verify", ref).returncode), "HEAD")

    def first_parents(self, branch: str) -> list[Commit]:
        """Return what was on a branch, newest first: its own commits and the merges into it."""
        rows = self.ask("log", "--first-parent", "--format=%H %ct", "--end-of-options", self.commit(branch))
        return [Commit(name, int(seconds)) for name, seconds in (row.split() for row in rows.splitlines())]

    def tree_changes(self, branch: str) -> Iterator[TreeChange]:
        """Yield what each commit on a branch changed against the one before it, oldest first.

        One run of git tells all; a merge counts as what it brought to the branch.
        """
        options = ("--first-parent", "--diff-merges=first-parent", "--reverse", "--root", "--raw", "-r", "-z")
        listing = ("--no-renames", "--no-abbrev", "--no-ext-diff", "--no-show-signature", "--relative")
        form = f"--format={_STEP}%H %ct"
        raw = self.ask("log", *options, *listing, form, "--end-of-options", self.commit(branch))
        for block in raw.split(_STEP)[1:]:
            head, *rows = block.split("\0")
            name, seconds = head.split()
            yield TreeChange(Commit(name, int(seconds)), dict(_recorded(rows)))

    def blame(self, path: str) -> Mapping[int, BlamedLine]:
        """Return where each line of a file on disk comes from, by its number; not what is not committed."""
        done = self._run("-c", "blame.ignoreRevsFile=", "blame", "--line-porcelain", "--", path)
        return dict(read_blame(os.fsdecode(done.stdout), self.is_shallow))

    def author(self, commit: str) -> Author:
        """Return who made a commit. A signature with an SSH key is checked against the key in it alone."""
        any_signer = f"gpg.ssh.allowedSignersFile={os.devnull}"
        options = ("-1", "--no-show-signature", "--format=%ae%n%G?%n%GF%n%GP", "--end-of-options")
        answer = self.ask("-c", any_signer, "log", *options, self.commit(commit))
        address, state, *keys = answer.split("\n")
        good = frozenset(filter(None, keys)) if state in _GOOD else frozenset()
        return Author(address, good, state != "N")

    def log(self, tip: str) -> Iterator[LogEntry]:
        """Yield a commit, by its full name, and every one that led to it, with what each edited and moved.

        One run of git tells all. A commit comes before its parents only as far as clocks were right.
        """
        options = ("-z", "--raw", "-r", "--root", "--diff-merges=first-parent", "-M", f"-l{_MOST_MOVES}")
        listing = ("--no-abbrev", "--no-ext-diff", "--relative", "--no-show-signature", "--encoding=UTF-8")
        form = "--format=" + "%x00".join(LOG_FORMAT)
        return parse_log(self._fields(*_OWN_TASTE, "log", *options, *listing, form, "--end-of-options", tip))

    def _fields(self, *arguments: str) -> Iterator[str]:
        """Yield the fields of an answer of git, each ended by NUL, while git still works on the rest."""
        with tempfile.TemporaryFile() as words:
            with self._started(arguments, words) as running:
                yield from _split(cast("BinaryIO", running.stdout))
            words.seek(0)
            if running.returncode:
                raise HandbookError(refusal(words.read()))

    def file_at_top(self, commit: str, path: str) -> str | None:
        """Return the text of a file as it stood in a commit, by its path from the repository's top."""
        done = self._run("cat-file", "blob", f"{commit}:{path}")
        return None if done.returncode else done.stdout.decode(errors="replace")

    def tree(self, commit: str) -> "CommitTree":
        """Return the handbook as it stood in a commit."""
        prefix = self.ask("rev-parse", "--show-prefix").strip().rstrip("/")
        rows = self._run("ls-tree", "--full-tree", "-r", "-z", f"{commit}:{prefix}")
        if rows.returncode:
            raise HandbookError(f"there was no handbook in this folder in commit {commit[:10]}")
        return self.past(dict(_listed(os.fsdecode(rows.stdout))))

    def past(self, entries: Mapping[str, tuple[str, str]]) -> "CommitTree":
        """Return a handbook of these files: mode and object of each, by path."""
        return CommitTree(self._objects, entries)

    def read(self, name: str) -> bytes:
        """Return what is in a blob."""
        return self._objects.read(name)

    def ask(self, *arguments: str) -> str:
        """Return what git answers.

        Raises:
            HandbookError: with git's own words, when it refuses.

        """
        done = self._run(*arguments)
        if done.returncode:
            raise HandbookError(refusal(done.stderr))
        return os.fsdecode(done.stdout)

    def _started(self, arguments: Sequence[str], words: IO[bytes]) -> "subprocess.Popen[bytes]":
        command = ["git", "-C", str(self.root), *arguments]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=words, env=git_environment())

    def _run(self, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
        try:
            return subprocess.run(
                ["git", "-C", str(self.root), *arguments],
                capture_output=True,
                check=False,
                env=git_environment(),
            )
        except FileNotFoundError:
            raise HandbookError("git is not installed; install it, then run this again") from None


def _split(stream: BinaryIO) -> Iterator[str]:
    """Yield what stands between NULs, and the rest after the last one."""
    rest = b""
    while part := stream.read(_AT_ONCE):
        # A character may be cut in two by the end of a part, but none holds a NUL.
        whole, _, end = part.rpartition(b"\0")
        if len(end) < len(part):
            yield from os.fsdecode(rest + whole).split("\0")
            rest = end
        else:
            rest += part
    yield os.fsdecode(rest)


def _changed(raw: str) -> Iterator[tuple[str, str, str]]:
    """Read `git diff --raw -z`: status, path before, path now; a deleted file has no path now."""
    fields = iter(raw.split("\0"))
    for head in fields:
        if not head:
            return
        status, before = head.split()[-1], next(fields)
        path = next(fields) if status[0] in "RC" else before
        if status[0] == "C":
            before = path
        yield status, before, path


def _recorded(fields: list[str]) -> Iterator[tuple[str, tuple[str, str] | None]]:
    """Read the rows of one commit in `git log --raw -z`."""
    for facts, path in zip(fields[::2], fields[1::2], strict=False):
        if facts.strip():
            _, mode, _, name, status = facts.split()
            yield path, None if status == "D" else (mode, name)


def _listed(raw: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Read `git ls-tree -z`; of a submodule there is nothing but its name in another repository."""
    for row in raw.split("\0"):
        if row:
            facts, _, path = row.partition("\t")
            mode, _, name = facts.split()
            if mode != SUBMODULE:
                yield path, (mode, name)
