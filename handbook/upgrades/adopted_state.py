"""What a handbook remembers of the release that it has, so that the next upgrade knows what was edited since.

`registers/adopted/state.yml` has a hash for each file of the release. The bytes are in the history of the
handbook, because the file was committed as it came. Beside it are copies only of those texts that were
not taken as they are: because the handbook edited them, or left a change of a rule. Days of reviews are left
out of pages before they are compared, because each handbook has its own.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import yaml
from pydantic import Field

from handbook.files.tree import FileTree
from handbook.git.repository import NoRepositoryError, Repository
from handbook.registers.loading import load_register
from handbook.upgrades.file_kinds import STATE_FOLDER, FileKind, kind_of
from handbook.upgrades.merging.page_merge import without_evidence
from handbook.upgrades.snapshot import Snapshot, snapshot_of_commit, snapshot_of_folder
from handbook.yaml.record import Record

STATE_FILE: Final = f"{STATE_FOLDER}state.yml"
_RELEASE_COPIES: Final = f"{STATE_FOLDER}release/"
_EARLIER_COPIES: Final = f"{STATE_FOLDER}before/"
# What the state is called that `handbook adopt` found, which may have been edited before.
_ADOPTED: Final = "the state at adoption"
_HEAD: Final = """\
# The release that this handbook has, so that `handbook upgrade` can tell what you edited since.
# Only commands write this folder. Commit it with the rest.
"""
_MERGED: Final = frozenset(
    (
        *(FileKind.PAGE, FileKind.RULE, FileKind.REGISTER),
        *(FileKind.ORGANIZATION, FileKind.CONFIGURATION, FileKind.SETTING),
    )
)


class _StateFile(Record):
    release: str = Field(examples=["v1.2"])
    commit: str | None = Field(default=None, examples=["(the commit of the release)"])
    left: list[str] = Field(default_factory=list, examples=[["docs/policy/work.md"]])
    files: dict[str, str] = Field(examples=["(files of the release, each with its hash)"])


@dataclass(frozen=True, slots=True)
class AdoptedState:
    """The name and the commit of the release, the hash of each of its files, and what was left of it.

    `copies` are files of the release that the handbook does not have as they came. `earlier` are those of
    `left` as they were in the release before.
    """

    release: str
    commit: str | None
    hashes: Mapping[str, str]
    left: tuple[str, ...] = ()
    copies: Mapping[str, bytes] = field(default_factory=dict)
    earlier: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def is_of_adoption(self) -> bool:
        """Whether it is what was there at adoption, and not what an upgrade knows to be a release."""
        return self.release == _ADOPTED

    def files(self, root: Path) -> Mapping[Path, bytes]:
        """Return the files that hold this state."""
        record = _StateFile(
            release=self.release, commit=self.commit, left=list(self.left), files=dict(self.hashes)
        )
        text = _HEAD + yaml.safe_dump(record.model_dump(), sort_keys=False, width=1000, allow_unicode=True)
        return {
            root / STATE_FILE: text.encode(),
            **{root / (_RELEASE_COPIES + path): data for path, data in self.copies.items()},
            **{root / (_EARLIER_COPIES + path): data for path, data in self.earlier.items()},
        }


def adopted_files(root: Path) -> Mapping[Path, bytes]:
    """Return what a later upgrade needs to know of a handbook that is about to be adopted.

    Call it before anything is changed, and write the files together with the rest. What counts is the last
    commit. Without a repository, it is the folder, and copies of its texts are among the files.

    Raises:
        HandbookError: if git refuses.
        OSError: if a file cannot be read.

    """
    try:
        with Repository(root) as repository:
            if not repository.is_empty:
                before = snapshot_of_commit(repository, repository.commit("HEAD"), _ADOPTED)
                return state_of(before, lambda _path: True).files(root)
    except NoRepositoryError:
        pass
    return state_of(replace(snapshot_of_folder(root), name=_ADOPTED), lambda _path: False).files(root)


def state_of(release: Snapshot, is_as_it_came: Callable[[str], bool]) -> AdoptedState:
    """Return the state of a handbook with a release.

    `is_as_it_came` tells of a file whether the handbook has it, or had it, as the release does.
    """
    files = {path: data for path, data in release.files.items() if _is_remembered(path)}
    copies = {
        path: normalized(path, data)
        for path, data in files.items()
        if (kind_of(path) in _MERGED or path.endswith(".md")) and not is_as_it_came(path)
    }
    return AdoptedState(release.name, release.commit, dict(_hashes(files)), (), copies)


def _is_remembered(path: str) -> bool:
    return kind_of(path) not in (FileKind.SAMPLE, FileKind.STATE, FileKind.NEVER)


def _hashes(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    for path in sorted(files):
        yield path, fingerprint_of(path, files[path])


def normalized(path: str, data: bytes) -> bytes:
    """Return what is compared of a file: a page without the days of its reviews."""
    if not path.endswith(".md"):
        return data
    return without_evidence(data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def fingerprint_of(path: str, data: bytes) -> str:
    """Return a short hash of what is compared of a file."""
    return hashlib.sha256(normalized(path, data)).hexdigest()[:16]


def read_state(tree: FileTree) -> AdoptedState | None:
    """Return what a handbook remembers, or None if it remembers nothing.

    Raises:
        HandbookError: if the file is not sound, with one line for each mistake.

    """
    if tree.read(STATE_FILE) is None:
        return None
    record = load_register(tree, STATE_FILE, _StateFile)
    copies = _copies(tree, _RELEASE_COPIES, record.files)
    earlier = _copies(tree, _EARLIER_COPIES, record.left)
    return AdoptedState(record.release, record.commit, record.files, tuple(record.left), copies, earlier)


def _copies(tree: FileTree, folder: str, paths: Mapping[str, str] | list[str]) -> Mapping[str, bytes]:
    copies = ((path, tree.read(folder + path)) for path in paths)
    return {path: data for path, data in copies if data is not None}
