"""All files of one state of a handbook: of a release, or of what was adopted."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from handbook.files.tree import refuse_endless
from handbook.git.objects import LINK, CommitTree, ObjectReader
from handbook.git.repository import Repository
from handbook.upgrades.file_kinds import FileKind, kind_of

_EXECUTABLE: Final = "100755"
_MADE: Final = frozenset(
    (
        *("__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "node_modules"),
        *(".DS_Store", "Thumbs.db", ".reminders.json"),
    )
)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A state: its name for people, its files, and the commit if it is one.

    `unknown` are files that the state had, but whose content cannot be had. `earlier` are files of which a
    change was left, as they were before that.
    """

    name: str
    files: Mapping[str, bytes]
    commit: str | None = None
    executable: frozenset[str] = frozenset()
    unknown: frozenset[str] = field(default=frozenset())
    earlier: Mapping[str, bytes] = field(default_factory=dict)


def snapshot_of_commit(repository: Repository, commit: str, name: str) -> Snapshot:
    """Return the files of a commit, without links.

    Raises:
        HandbookError: if this clone lacks some of them.

    """
    tree = repository.tree(commit)
    entries = {
        path: entry
        for path, entry in tree.entries.items()
        if entry[0] != LINK and kind_of(path) is not FileKind.NEVER
    }
    executable = frozenset(path for path, (mode, _) in entries.items() if mode == _EXECUTABLE)
    return Snapshot(name, contents(tree, entries), commit, executable)


def contents(tree: CommitTree, entries: Mapping[str, tuple[str, str]]) -> Mapping[str, bytes]:
    """Return what is in some files of a tree."""
    reader: ObjectReader = tree.reader
    return dict(zip(entries, reader.read_each(name for _, name in entries.values()), strict=True))


def snapshot_of_folder(folder: Path) -> Snapshot:
    """Return the files in a folder that is not a clone, without links.

    Raises:
        OSError: if one of them cannot be read.

    """
    files = {path: _read(folder / path) for path in _paths(folder)}
    executable = frozenset(path for path in files if (folder / path).stat().st_mode & 0o100)
    return Snapshot(str(folder), files, None, executable)


def _read(file: Path) -> bytes:
    refuse_endless(file)
    return file.read_bytes()


def _paths(folder: Path) -> Iterator[str]:
    for parent, folders, names in os.walk(folder):
        base = Path(parent).relative_to(folder)
        folders[:] = sorted(name for name in folders if is_of_a_release(f"{(base / name).as_posix()}/"))
        for name in sorted(names):
            path = (base / name).as_posix()
            if is_of_a_release(path) and not (folder / path).is_symlink():
                yield path


def is_of_a_release(path: str) -> bool:
    """Tell whether a file is part of a release, and not something that was made from it."""
    parts = path.split("/")
    is_made = any(part in _MADE or part.endswith(".egg-info") for part in parts)
    return kind_of(path) is not FileKind.NEVER and not is_made
