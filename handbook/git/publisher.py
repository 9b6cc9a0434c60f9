"""Writes to git: a clean copy of a commit, and an edition as one commit and one tag.

The branch has the layout of mike (a folder an edition, `versions.json`, the alias `latest` as a link),
so that mike and the version selector of the theme understand it. mike itself is not asked: it replaces
an edition that is there, and it knows no tag.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from handbook.errors import HandbookError
from handbook.git.objects import LINK

# Holds the tag of a publication that has begun; where it is left, a tag without its edition is ours.
IN_PROGRESS: Final = "refs/handbook/publishing"
_FILE: Final = "100644"
_CANNOT_SIGN: Final = "git cannot sign with the key that is configured; check `git config user.signingKey`"
_REASONS: Final = (
    ("empty ident", "git does not know who you are; set user.name and user.email with `git config`"),
    ("Please tell me", "git does not know who you are; set user.name and user.email with `git config`"),
    ("failed to sign", _CANNOT_SIGN),
    (".lock", "another git is at work here, or one was stopped; wait, or remove the file that git names"),
    ("but expected", "somebody else published meanwhile; run this again"),
    ("reference already exists", "somebody else published meanwhile; run this again"),
)


@dataclass(frozen=True, slots=True)
class PublishTransaction:
    """What one transaction writes: a commit on the branch, and the tag on the source."""

    branch: str
    commit: str
    branch_before: str | None
    tag_name: str
    tag: str
    tag_before: str | None


class Publisher:
    """Writes to the repository that a handbook lies in.

    Raises:
        HandbookError: when git refuses, with what to do.

    """

    def __init__(self, root: Path) -> None:
        self._root = root
        top, prefix, folder = self._ask(
            "rev-parse", "--show-toplevel", "--show-prefix", "--git-common-dir"
        ).split("\n")[:3]
        self._top, self._prefix = Path(top), prefix
        self._git_folder = (root / folder).resolve()

    @contextmanager
    def checkout(self, commit: str) -> Iterator[Path]:
        """Write the files of a commit into a folder for a while; return where the handbook is in it.

        Neither the files on disk nor git's list of them is touched, and nothing is left when it is killed
        but a folder among the temporary ones.
        """
        with TemporaryDirectory(prefix="handbook-") as name:
            folder = Path(os.path.realpath(name))
            index = {"GIT_INDEX_FILE": str(folder / "index")}
            self._ask("read-tree", commit, environment=index)
            as_committed = ("-c", "core.autocrlf=false", "-c", "core.eol=lf")
            target = f"--prefix={folder / 'checkout'}/"
            self._ask(*as_committed, "checkout-index", "--all", target, environment=index, top=True)
            yield folder / "checkout" / self._prefix

    def commit(
        self,
        parent: str | None,
        message: str,
        files: Mapping[str, Path | bytes],
        links: Mapping[str, str],
        gone: Iterable[str] = (),
    ) -> str:
        """Write a commit that changes what is published, and return it; no ref knows it yet.

        `files` by path from the top, each a file on disk or what is in it; `links` are symbolic links with
        their targets; `gone` are files to take away.
        """
        objects = self._write_files({path: one for path, one in files.items() if isinstance(one, Path)})
        objects |= {path: self._write(one) for path, one in files.items() if isinstance(one, bytes)}
        rows = [f"0 {'0' * 40}\t{path}" for path in gone]
        rows += [f"{_FILE} {name}\t{path}" for path, name in objects.items()]
        rows += [f"{LINK} {self._write(target.encode())}\t{path}" for path, target in links.items()]
        with TemporaryDirectory(prefix="handbook-") as folder:
            index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
            self._ask("read-tree", parent or "--empty", environment=index)
            listing = "".join(f"{row}\0" for row in rows).encode()
            self._ask("update-index", "-z", "--index-info", data=listing, environment=index)
            tree = self._ask("write-tree", environment=index).strip()
        parents = ["-p", parent] if parent else []
        return self._ask("commit-tree", tree, *parents, "-F", "-", data=message.encode()).strip()

    def write_tag(self, name: str, commit: str, message: str) -> str:
        """Write an annotated tag, signed where a key is configured, and return it; no ref knows it yet.

        git itself writes it, in an empty repository beside this one that shares its objects: git cannot
        sign a tag without naming it, and its name must not stand here before its edition does.
        """
        key = self._run(["config", "user.signingKey"]).stdout.strip()
        with TemporaryDirectory(prefix="handbook-") as folder:
            aside = {"GIT_DIR": folder}
            kind = self._ask("rev-parse", "--show-object-format").strip()
            self._ask("init", "--quiet", "--bare", f"--object-format={kind}", folder)
            self._ask("config", "include.path", str(self._git_folder / "config"), environment=aside)
            aside["GIT_OBJECT_DIRECTORY"] = str(self._git_folder / "objects")
            sign = "--sign" if key else "--annotate"
            self._ask("tag", sign, "-F", "-", name, commit, data=message.encode(), environment=aside)
            tag = self._ask("rev-parse", f"refs/tags/{name}", environment=aside).strip()
        # git 2.39 leaves out the signature, and says that all is well, when an SSH key is missing.
        if key and "\n-----BEGIN " not in self._ask("cat-file", "tag", tag):
            raise HandbookError(_CANNOT_SIGN)
        return tag

    def publish(self, what: PublishTransaction) -> None:
        """Let the branch and the tag name what was written: both, or neither.

        The tag comes first. Only the branch says that an edition is there, and a single ref is replaced
        by renaming a file, so that a process killed between the two leaves no edition, and the mark that
        the tag is ours.
        """
        self._ask("update-ref", IN_PROGRESS, what.tag)
        nothing = "0" * len(what.commit)
        orders = [
            "start",
            f"update refs/tags/{what.tag_name} {what.tag} {what.tag_before or nothing}",
            f"update refs/heads/{what.branch} {what.commit} {what.branch_before or nothing}",
            "commit",
        ]
        self._ask("update-ref", "--stdin", data="".join(f"{one}\n" for one in orders).encode())
        self._ask("update-ref", "-d", IN_PROGRESS, what.tag)

    def move(self, branch: str, commit: str, before: str | None) -> None:
        """Let the branch name what was written, unless it moved meanwhile."""
        self._ask("update-ref", f"refs/heads/{branch}", commit, before or "0" * len(commit))

    def _write_files(self, files: Mapping[str, Path]) -> dict[str, str]:
        names = "".join(f"{file}\n" for file in files.values()).encode()
        objects = self._ask("hash-object", "-w", "--no-filters", "--stdin-paths", data=names).split()
        return dict(zip(files, objects, strict=True))

    def _write(self, data: bytes) -> str:
        return self._ask("hash-object", "-w", "--no-filters", "--stdin", data=data).strip()

    def _ask(
        self,
        *arguments: str,
        data: bytes | None = None,
        environment: Mapping[str, str] | None = None,
        top: bool = False,
    ) -> str:
        done = self._run(arguments, data, environment, top=top)
        if done.returncode:
            raise HandbookError(_explain(done.stderr.decode(errors="replace").strip(), arguments))
        return os.fsdecode(done.stdout)

    def _run(
        self,
        arguments: Sequence[str],
        data: bytes | None = None,
        environment: Mapping[str, str] | None = None,
        *,
        top: bool = False,
    ) -> "subprocess.CompletedProcess[bytes]":
        if not shutil.which("git"):
            raise HandbookError("git is not installed; install it, then run this again")
        return subprocess.run(
            ["git", "-C", str(self._top if top else self._root), *arguments],
            input=data,
            capture_output=True,
            check=False,
            env={**git_environment(), **(environment or {})},
        )


def git_environment() -> dict[str, str]:
    """Keep who commits and when; leave out what would lead git to another repository or another index."""
    told = ("GIT_AUTHOR_", "GIT_COMMITTER_", "GIT_CONFIG_")
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith("GIT_") or key.startswith(told)
    }
    return {**kept, "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_REPLACE_OBJECTS": "1", "LC_ALL": "C"}


def _explain(words: str, arguments: Sequence[str]) -> str:
    """Say what git refused, and what to do where that is known."""
    for sign, mend in _REASONS:
        if sign in words:
            return f"{mend} ({_first(words)})"
    return f"git cannot {arguments[0]}: {_first(words) or 'it gave no reason'}"


def _first(words: str) -> str:
    lines = [line.removeprefix("fatal: ") for line in words.splitlines() if line.startswith("fatal: ")]
    return (lines or words.splitlines() or [""])[0]
