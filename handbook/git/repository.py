"""Reads git: which commits there are, what changed since one, and files as they were. Writes nothing."""

import os
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Final, Self

from handbook.errors import HandbookError
from handbook.git.authors import ANY_SIGNER, AUTHOR_FORMAT, Author, read_author
from handbook.git.blame import BlamedLine, read_blame
from handbook.git.listings import (
    Commit,
    TreeChange,
    read_changed_files,
    read_commit,
    read_fields,
    read_files,
    read_times_by_history,
    read_tree_changes,
)
from handbook.git.log import LOG_FORMAT, LogEntry, parse_log
from handbook.git.objects import CommitTree, ObjectReader
from handbook.git.process import MISSING_OBJECTS, GitResult, RunningGit, refusal, run_git
from handbook.text.line_ends import with_line_feeds
from handbook.text.quoting import in_shell, short_commit

WHOLE_HISTORY: Final = "fetch the whole history with `git fetch --unshallow` (in CI, ask for a full clone)"
# Set where a clone left out files, with --filter.
_PARTIAL: Final = r"^remote\..*\.partialclonefilter$"
_SPARSE: Final = (
    "this clone has only some of the handbook's files on disk; get the others with"
    " `git sparse-checkout disable`"
)
# How many files of one commit git compares with each other to find those that moved and changed.
_MOST_MOVES: Final = 5_000
# Attributes can name a program that shows a file otherwise, and .gitmodules a repository to be ignored.
_AS_IT_IS: Final = ("--no-ext-diff", "--no-textconv", "--ignore-submodules=none")
# Of other files, such as scripts, the ends of lines can matter.
_TEXTS: Final = (".md", ".yml")


@dataclass(frozen=True, slots=True)
class WorkingTreeChanges:
    """What differs between a commit and the files on disk, by paths from the handbook's root.

    `touched` has the files that are new or have another text; `moved` maps a path to the one before.
    """

    touched: frozenset[str]
    moved: Mapping[str, str]


class NoRepositoryError(HandbookError):
    """A folder is not in a git repository."""


class Repository:
    """The git repository that contains a handbook, at its top or in a folder of it.

    `is_shallow` is true if the clone has only the end of the history. Leaving the `with` block ends the
    processes of git that still run.

    Raises:
        NoRepositoryError: if the folder is not in a repository.
        HandbookError: if git is missing or fails.

    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._objects = ObjectReader(root)
        self._logs: dict[str, RunningGit] = {}
        self._full_names: set[str] = set()
        self._times: dict[int, Mapping[str, int]] = {}
        done = self._run("rev-parse", "--is-shallow-repository")
        if b"not a git repository" in done.stderr:
            raise NoRepositoryError(refusal(done.stderr))
        if done.returncode:
            raise HandbookError(refusal(done.stderr))
        self.is_shallow = done.stdout == b"true\n"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self._objects.close()
        while self._logs:
            self._logs.popitem()[1].close()

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been committed yet."""
        return bool(self._run("rev-parse", "--verify", "--quiet", "HEAD").returncode)

    def commit(self, revision: str) -> str:
        """Return the full name of a revision's commit.

        Raises:
            HandbookError: if git does not know the revision, or several things have its name.

        """
        if revision in self._full_names:
            return revision
        done = self._run("rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
        if _is_ambiguous(revision, done):
            raise HandbookError(
                f"'{revision}' is the name of more than one thing here, such as a branch and a tag; write the"
                " full name of the one that you mean, such as refs/heads/main or refs/remotes/origin/main"
            )
        if done.returncode or not revision.strip():
            advice = WHOLE_HISTORY if self.is_shallow else "fetch it first, or check its spelling"
            raise HandbookError(f"git knows no revision '{revision}' here; {advice}")
        name = done.stdout.decode().strip()
        self._full_names.add(name)
        return name

    def has_ancestor(self, commit: str, ancestor: str) -> bool:
        """Tell whether a commit has another one in its history, of which git may know nothing any more."""
        return not self._run("merge-base", "--is-ancestor", ancestor, commit).returncode

    def fork_point(self, revision: str) -> str:
        """Return the last commit that a revision and the work at hand have in common.

        Raises:
            HandbookError: if the two have no history in common.

        """
        done = self._run("merge-base", self.commit(revision), self.commit("HEAD"))
        if done.returncode:
            advice = WHOLE_HISTORY if self.is_shallow else "name the branch that the change goes to"
            raise HandbookError(f"'{revision}' and this branch have no history in common; {advice}")
        return done.stdout.decode().strip()

    def changes_since(self, commit: str) -> WorkingTreeChanges:
        """Compare a commit with the files on disk, including those that git does not know yet.

        Raises:
            HandbookError: if a sparse checkout leaves files out, or git ignores changes to some.

        """
        listing = ("--cached", "--others", "--exclude-standard", "-v", "-z")
        files = self.ask("ls-files", *listing, "--", ".").split("\0")
        if any(row.startswith("S ") for row in files):
            raise HandbookError(_SPARSE)
        if ignored := next((row[2:] for row in files if row[:1].islower()), None):
            path = in_shell(ignored)
            raise HandbookError(
                f"git was told to ignore changes to {path}, so nobody would see them here; run"
                f" `git update-index --no-assume-unchanged {path}`"
            )
        options = ("--raw", "-z", "-M", f"-l{_MOST_MOVES}", "--no-abbrev", *_AS_IT_IS)
        rows = read_changed_files(self.ask("diff", *options, "--relative", commit, "--", "."))
        touched, moved = {row[2:] for row in files if row.startswith("? ")}, {}
        for status, blob, before, path in rows:
            if before != path:
                moved[path] = before
            if status != "R100" and not (status[0] in "MR" and self._has_same_lines(blob, path)):
                touched.add(path)
        return WorkingTreeChanges(frozenset(touched), moved)

    def _has_same_lines(self, blob: str, path: str) -> bool:
        """Tell whether a file differs from a blob only by the ends of its lines, which MkDocs ignores."""
        file = self.root / path
        if not path.endswith(_TEXTS) or file.is_symlink() or not file.is_file():
            return False
        before, now = self.read(blob), file.read_bytes()
        return with_line_feeds(before) == with_line_feeds(now)

    def changes_beside(self, commit: str) -> list[str]:
        """Return the files of the repository outside of the handbook that differ from a commit.

        Their paths are those from the handbook's root, such as `../.github/workflows/check.yml`.
        """
        prefix = self.ask("rev-parse", "--show-prefix").rstrip("\n")
        options = ("--name-only", "-z", "--no-relative", "--no-renames", *_AS_IT_IS)
        names = self.ask("diff", *options, commit).split("\0") if prefix else []
        outside = (name for name in names if name and not name.startswith(prefix))
        return [os.path.relpath(name, prefix).replace(os.sep, "/") for name in outside]

    def main_branch(self) -> str:
        """Return the branch that is published, by its usual names; HEAD if there is none of them."""
        names = ("main", "master", "remotes/origin/HEAD", "remotes/origin/main", "remotes/origin/master")
        refs = [f"refs/{name}" if name.startswith("remotes/") else f"refs/heads/{name}" for name in names]
        return next((ref for ref in refs if not self._run("rev-parse", "--verify", ref).returncode), "HEAD")

    def is_on_main(self, commit: str, main: str) -> bool:
        """Tell whether a commit is in the history of the branch at hand, or of the main branch `main`."""
        refs = ("HEAD", f"refs/heads/{main}", f"refs/remotes/origin/{main}", self.main_branch())
        return any(self.has_ancestor(ref, commit) for ref in dict.fromkeys(refs))

    def first_parents(self, branch: str) -> list[Commit]:
        """Return the commits made on a branch and the merges into it, newest first."""
        rows = self.ask("log", "--first-parent", "--format=%H %ct", "--end-of-options", self.commit(branch))
        return [read_commit(row) for row in rows.splitlines()]

    def commits_after(self, commit: str, tip: str) -> int:
        """Return how many commits the branch of `tip` has that are not in the history of a commit.

        Raises:
            HandbookError: if git does not know the commit.

        """
        last = self.commit(commit)
        return int(self.ask("rev-list", "--first-parent", "--count", "--end-of-options", tip, f"^{last}"))

    def tree_changes(self, branch: str) -> Iterator[TreeChange]:
        """Yield the changes of each commit on a branch against the one before it, oldest first.

        It takes one run of git. A merge counts as what it brought to the branch.
        """
        options = ("--first-parent", "--diff-merges=first-parent", "--reverse", "--root", "--raw", "-r", "-z")
        listing = ("--no-renames", "--no-abbrev", "--no-ext-diff", "--relative")
        asked = *options, *listing, "--format=%H %ct", "--end-of-options", self.commit(branch)
        yield from read_tree_changes(iter(self.ask("log", *asked).split("\0")))

    def blame(self, path: str) -> Mapping[int, BlamedLine]:
        """Return the commit of each line of a file on disk, by its number, except uncommitted lines.

        A file that was moved is new: its lines are by whoever put them there.

        Raises:
            HandbookError: if git refuses for another reason than that the file is not committed yet.

        """
        # The empty name ends the list of files that a reader's setup names: no commit is looked past.
        options = ("--line-porcelain", "--no-follow", "--no-textconv", "--ignore-revs-file=")
        done = self._run("blame", *options, "--", path)
        if done.returncode and b"no such path" not in done.stderr:
            raise HandbookError(refusal(done.stderr, f"tell who wrote {path}"))
        return dict(read_blame(os.fsdecode(done.stdout), self.is_shallow))

    def is_committed(self, path: str) -> bool:
        """Tell whether a file is on disk as it is in the last commit, or is in neither."""
        compare = ("diff", "--quiet", *_AS_IT_IS, "HEAD")
        return not self._run(*compare, "--", f":(literal){path}").returncode

    def last_commit_of(self, path: str) -> str | None:
        """Return the last commit that changed a file, or deleted it; None if only a merge lacks it."""
        return next(iter(self.last_commits_of(path, 1)), None)

    def last_commits_of(self, path: str, most: int) -> list[str]:
        """Return the last commits that changed a file, or deleted it, newest first."""
        return self.ask("log", f"-{most}", "--format=%H", "--", f":(literal){path}").split()

    def author(self, commit: str) -> Author:
        """Return who made a commit. An SSH signature is checked against nothing but the key in it."""
        options = ("-1", f"--format={AUTHOR_FORMAT}", "--end-of-options")
        return read_author(commit, self.ask(*ANY_SIGNER, "log", *options, self.commit(commit)))

    def times_by_history(self, until: int) -> Mapping[str, int]:
        """Return when each commit was made at the earliest, in seconds since 1970: not before its ancestors.

        Anybody can commit with an older date, but not on top of what is newer. Times after `until` are those
        of clocks that were wrong, and count for nothing.
        """
        if until not in self._times:
            listing = ("--topo-order", "--reverse", "--format=%H %ct %P")
            rows = self.ask("log", *listing, "HEAD").splitlines()
            self._times[until] = read_times_by_history(rows, until)
        return self._times[until]

    def log(self, tip: str, known: str | None = None) -> Iterator[LogEntry]:
        """Yield a commit, by its full name, and all its ancestors, with the files that each changed.

        It takes one run of git. A commit comes before its parents only as far as clocks were right. Without
        the commit `known` and its ancestors, if there is one.
        """
        started = None if known else self._logs.pop(tip, None)
        with closing(started or self._start_log(tip, known)) as running:
            yield from parse_log(chain.from_iterable(read_fields(running.parts())))

    def start_log(self, tip: str) -> None:
        """Start git's log of a commit, given by its full name, while something else is done."""
        self._logs[tip] = self._start_log(tip)

    def _start_log(self, tip: str, known: str | None = None) -> RunningGit:
        options = ("-z", "--raw", "-r", "--root", "--diff-merges=first-parent", "-M", f"-l{_MOST_MOVES}")
        listing = ("--no-abbrev", "--no-ext-diff", "--relative", "--encoding=UTF-8")
        form = "--format=" + "%x00".join(LOG_FORMAT)
        without = [f"^{known}"] if known else []
        self._require_all_files(tip)
        return RunningGit(self.root, "log", *options, *listing, form, "--end-of-options", tip, *without)

    def _require_all_files(self, tip: str) -> None:
        """Refuse a clone that lacks files of the history, because git would get each of them on its own.

        That takes hours, and git says nothing meanwhile.
        """
        if self._run("config", "--get-regexp", _PARTIAL).returncode:
            return
        objects = self._run("rev-list", "--objects", "--missing=print", tip, "--").stdout
        if objects.startswith(b"?") or b"\n?" in objects:
            raise HandbookError(MISSING_OBJECTS)

    @property
    def git_version(self) -> str:
        """The version of git, because another one may find other moves."""
        return self.ask("version").strip()

    @cached_property
    def prefix(self) -> str:
        """The path of the handbook's folder from the repository's top, with a slash; at the top, nothing."""
        return self.ask("rev-parse", "--show-prefix").removesuffix("\n")

    @cached_property
    def kept_folder(self) -> Path:
        """The folder for what is kept between runs, in the one that git has for itself.

        A pull request brings files to every folder but that one, so nobody else's results are ever read.
        """
        # No branch has a name that begins with a dot; otherwise git would look for one here.
        return self.root / self.ask("rev-parse", "--git-common-dir").removesuffix("\n") / ".handbook"

    def file_at_top(self, commit: str, path: str) -> str | None:
        """Return the text of a file in a commit, by its path from the repository's top, or None."""
        done = self._run("cat-file", "blob", f"{commit}:{path}")
        return None if done.returncode else done.stdout.decode(errors="replace")

    def tree(self, commit: str) -> CommitTree:
        """Return the files of the handbook in a commit.

        Raises:
            HandbookError: if the folder did not exist in it, or this clone lacks it.

        """
        prefix = self.ask("rev-parse", "--show-prefix").strip().rstrip("/")
        rows = self._run("ls-tree", "--full-tree", "-r", "-z", f"{commit}:{prefix}")
        if b"Not a valid object name" in rows.stderr:
            raise HandbookError(f"there was no handbook in this folder in commit {short_commit(commit)}")
        if rows.returncode:
            raise HandbookError(refusal(rows.stderr))
        return self.past(dict(read_files(os.fsdecode(rows.stdout))))

    def past(self, entries: Mapping[str, tuple[str, str]]) -> CommitTree:
        """Return a handbook with these files: mode and blob of each, by path."""
        return CommitTree(self._objects, entries)

    def read(self, name: str) -> bytes:
        """Return the content of a blob.

        Raises:
            HandbookError: if the repository does not have it, for example in a partial clone.

        """
        return self._objects.read(name)

    def ask(self, *arguments: str) -> str:
        """Return the answer of git.

        Raises:
            HandbookError: if git refuses; it quotes git's reason.

        """
        done = self._run(*arguments)
        if done.returncode:
            raise HandbookError(refusal(done.stderr))
        return os.fsdecode(done.stdout)

    def _run(self, *arguments: str) -> GitResult:
        return run_git(self.root, *arguments)


def _is_ambiguous(revision: str, done: GitResult) -> bool:
    """Tell whether git chose among several meanings of a name; what HEAD is, is always clear."""
    return b"is ambiguous" in done.stderr and not revision.startswith("HEAD")
