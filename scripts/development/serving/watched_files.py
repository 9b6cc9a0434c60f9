"""Which files changed, whether an editor writes a file or puts another in its place."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import TypeAlias

# When a file was changed, its size, and its number on the disk: a renamed file may be an old one.
Stamp: TypeAlias = tuple[int, int, int]
Snapshot: TypeAlias = Mapping[str, Stamp]


def snapshot(paths: Iterable[str]) -> Snapshot:
    """Return the files at these paths, and below them if they are folders, each with its stamp."""
    stamps = {}
    for file in _files(paths):
        with suppress(OSError):  # The file is gone by now.
            status = os.stat(file)  # noqa: PTH116 - a Path for each file costs more than the question
            stamps[file] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return stamps


def changed_files(before: Snapshot, after: Snapshot) -> frozenset[str]:
    """Return the files that are new, gone, or not as they were."""
    return frozenset(file for file in before.keys() | after.keys() if before.get(file) != after.get(file))


def _files(paths: Iterable[str]) -> Iterator[str]:
    """Yield the files, without hidden ones and copies that editors keep; a linked folder counts once."""
    seen = set()
    for path in paths:
        if os.path.isfile(path):  # noqa: PTH113 - see above
            yield path
        for folder, folders, names in os.walk(path, followlinks=True):
            real = os.path.realpath(folder)
            if real in seen:
                folders.clear()
                continue
            seen.add(real)
            folders[:] = [name for name in folders if not name.startswith(".")]
            yield from (f"{folder}{os.sep}{name}" for name in names if not _is_beside(name))


def _is_beside(name: str) -> bool:
    return name.startswith(".") or name.endswith("~")
