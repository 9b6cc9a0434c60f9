"""Writes to git: a clean copy of a commit, and an edition as one commit and one tag.

The branch has the layout of mike (a folder for each edition, `versions.json`, the alias `latest` as a
link), so that mike and the version selector of the theme understand it. mike itself does not write it,
because it replaces an edition that exists, and writes no tag.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Final

from handbook.errors import HandbookError
from handbook.git.objects import LINK
from handbook.git.process import (
    COMMITTER_VARIABLES,
    GitResult,
    first_reason,
    git_environment,
    refusal,
    run_git,
)

# Holds the tag of a publication that has begun: if it is still there, a tag without an edition is ours.
IN_PROGRESS: Final = "refs/handbook/publishing"
_FILE: Final = "100644"
_CANNOT_SIGN: Final = "git cannot sign with the key that is configured; check `git config user.signingKey`"
_ADVICE: Final = (
    ("empty ident", "git does not know who you are; set user.name and user.email with `git config`"),
    ("Please tell me", "git does not know who you are; set user.name and user.email with `git config`"),
    ("failed to sign", _CANNOT_SIGN),
    (".lock", "another git is at work here, or one was stopped; wait, or remove the file that git names"),
    ("but expected", "somebody else published meanwhile; run this again"),
    ("reference already exists", "somebody else published meanwhile; run this again"),
)


@dataclass(frozen=True, slots=True)
class PublishTransaction:
    """The refs that one transaction writes: the branch, and the tag on the source."""

    branch: str
    commit: str
    branch_before: str | None
    tag_name: str
    tag: str
    tag_before: str | None


class Publisher:
    """Writes to the repository that contains a handbook.

    Raises:
        HandbookError: if git refuses; it says what to do.

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
        """Write the files of a commit into a temporary folder; yield the path of the handbook in it.

        Neither the files on disk nor the index is touched. A process that is killed leaves nothing but a
        temporary folder.
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
        copies: Mapping[str, str] = MappingProxyType({}),
    ) -> str:
        """Write a commit that changes what is published, and return its name; no ref leads to it yet.

        `files` has, by path from the top, files on disk or their content. `links` has symbolic links with
        their targets. `gone` has the files to delete. `copies` has folders that become what another folder
        of this commit is; nothing else may be in them.
        """
        objects = self._write_files({path: file for path, file in files.items() if isinstance(file, Path)})
        objects |= {path: self._write(data) for path, data in files.items() if isinstance(data, bytes)}
        rows = [f"0 {'0' * 40}\t{path}" for path in gone]
        rows += [f"{_FILE} {name}\t{path}" for path, name in objects.items()]
        rows += [f"{LINK} {self._write(target.encode())}\t{path}" for path, target in links.items()]
        with TemporaryDirectory(prefix="handbook-") as folder:
            index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
            self._ask("read-tree", parent or "--empty", environment=index)
            listing = "".join(f"{row}\0" for row in rows).encode()
            self._ask("update-index", "-z", "--index-info", data=listing, environment=index)
            tree = self._ask("write-tree", environment=index).strip()
            for folder_of_copy, source in copies.items():
                self._ask("read-tree", f"--prefix={folder_of_copy}/", f"{tree}:{source}", environment=index)
                tree = self._ask("write-tree", environment=index).strip()
        parents = ["-p", parent] if parent else []
        return self._ask("commit-tree", tree, *parents, "-F", "-", data=message.encode()).strip()

    def write_tag(self, name: str, commit: str, message: str) -> str:
        """Write an annotated tag and return its name; no ref leads to it yet. It is signed if there is a key.

        git cannot sign a tag without a ref, and the ref must not exist before its edition does. So git
        writes the tag in an empty repository beside this one, which shares its objects.
        """
        key = self._run(["config", "user.signingKey"]).stdout.strip()
        with TemporaryDirectory(prefix="handbook-") as folder:
            aside = {"GIT_DIR": folder}
            kind = self._ask("rev-parse", "--show-object-format").strip()
            self._ask("init", "--quiet", "--bare", "--template=", f"--object-format={kind}", folder)
            self._ask("config", "include.path", str(self._git_folder / "config"), environment=aside)
            aside["GIT_OBJECT_DIRECTORY"] = str(self._git_folder / "objects")
            sign = "--sign" if key else "--annotate"
            self._ask("tag", sign, "-F", "-", name, commit, data=message.encode(), environment=aside)
            tag = self._ask("rev-parse", f"refs/tags/{name}", environment=aside).strip()
        # If an SSH key is missing, git 2.39 leaves out the signature and reports success.
        if key and "\n-----BEGIN " not in self._ask("cat-file", "tag", tag):
            raise HandbookError(_CANNOT_SIGN)
        return tag

    def publish(self, transaction: PublishTransaction) -> None:
        """Point the branch and the tag to what was written: both, or neither.

        The tag comes first. Only the branch makes an edition exist, and git replaces a single ref by
        renaming a file. So a process that is killed between the two leaves no edition, only the tag and
        the mark that it is ours.
        """
        self._ask("update-ref", IN_PROGRESS, transaction.tag)
        nothing = "0" * len(transaction.commit)
        tag_before, branch_before = transaction.tag_before or nothing, transaction.branch_before or nothing
        instructions = [
            "start",
            f"update refs/tags/{transaction.tag_name} {transaction.tag} {tag_before}",
            f"update refs/heads/{transaction.branch} {transaction.commit} {branch_before}",
            "commit",
        ]
        self._ask("update-ref", "--stdin", data="".join(f"{line}\n" for line in instructions).encode())
        self._ask("update-ref", "-d", IN_PROGRESS, transaction.tag)

    def move(self, branch: str, commit: str, before: str | None) -> None:
        """Point the branch to what was written, unless it has moved meanwhile."""
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
            raise HandbookError(_explain(done.stderr, arguments[0]))
        return os.fsdecode(done.stdout)

    def _run(
        self,
        arguments: Sequence[str],
        data: bytes | None = None,
        environment: Mapping[str, str] | None = None,
        *,
        top: bool = False,
    ) -> "GitResult":
        variables = {**git_environment(COMMITTER_VARIABLES), **(environment or {})}
        return run_git(self._top if top else self._root, *arguments, data=data, environment=variables)


def _explain(stderr: bytes, command: str) -> str:
    """Say what git refused, and what to do if that is known."""
    text = stderr.decode(errors="replace")
    for sign, advice in _ADVICE:
        if sign in text:
            return f"{advice} ({first_reason(stderr)})"
    return refusal(stderr, command)
