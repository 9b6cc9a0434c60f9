"""Refuses symbolic links, which could publish what is elsewhere on the computer, and files that never end."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from handbook.errors import HandbookError
from handbook.text.quoting import one_line

LINKED: Final = "is a symbolic link; replace it with a copy of what it leads to"
_UNUSUAL: Final = "is not an ordinary file; remove it"


def refuse_linked(root: Path, path: str) -> None:
    """Refuse a file of a handbook, by its path from the root, that is a link or in a folder that is one.

    Raises:
        HandbookError: with the path.

    """
    for part in (Path(path), *Path(path).parents[:-1]):
        if (root / part).is_symlink():
            raise HandbookError(_sentence(str(part), LINKED))


def refuse_linked_folders(root: Path, folder: Path) -> None:
    """Refuse a folder that is a link or has one in it: a walk along links may never end.

    Raises:
        HandbookError: with the path of the first from the root.

    """
    _refuse(root, ((path, reason) for path, reason in _unusual(folder) if path.is_dir()))


def refuse_unusual_files(root: Path, folder: Path) -> None:
    """Refuse a folder that is a link or has a link, a pipe, or a device in it.

    Raises:
        HandbookError: with the path of the first from the root.

    """
    _refuse(root, _unusual(folder))


def _refuse(root: Path, unusual: Iterator[tuple[Path, str]]) -> None:
    for path, reason in unusual:
        raise HandbookError(_sentence(os.path.relpath(path, root), reason))


def _sentence(path: str, reason: str) -> str:
    return f"{one_line(path)}:1:1: {one_line(Path(path).name)} {reason}"


def _unusual(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield whatever is neither a folder nor an ordinary file, without following any link."""
    if folder.is_symlink():
        yield folder, LINKED
        return
    for parent, folders, files in os.walk(folder):
        for name in sorted((*folders, *files)):
            path = Path(parent, name)
            if path.is_symlink():
                yield path, LINKED
            elif not (path.is_dir() or path.is_file()):
                yield path, _UNUSUAL
