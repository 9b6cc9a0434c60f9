"""Changes of several files that a killed command leaves whole: the next one undoes what is half done.

Before the first file changes, a journal in `.cache/` says what each of them held and is to hold. It is gone
when all have changed.
"""

import base64
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from handbook.errors import HandbookError
from handbook.files.atomic_write import FileWrite, remove_drafts, undo_write, write_text, write_together
from handbook.files.exclusive_access import CACHE, cache_folder

_JOURNAL: Final = "journal.json"
# No command writes to these: git's own files, and what other commands keep.
_OF_OTHERS: Final = frozenset((".git", CACHE, ".venv"))


@dataclass(frozen=True, slots=True)
class Recovery:
    """What was done about an interrupted change: its files, and whether the change was complete."""

    paths: tuple[str, ...]
    is_complete: bool


def write_with_journal(root: Path, changes: Sequence[FileWrite]) -> None:
    """Make every change or none, even if the process is killed and `recover` is called later.

    Raises:
        HandbookError: if a file is not in the handbook, or the journal cannot be written.
        FileExistsError: if a new file exists already.
        ChangedMeanwhile: if a file no longer holds what was read from it.
        OSError: if a file cannot be written.

    """
    for change in changes:
        _refuse_outside(root, change.target)
    write_text(cache_folder(root) / _JOURNAL, as_json(root, changes))
    try:
        write_together(changes)
    finally:
        recover(root)


def _refuse_outside(root: Path, target: Path) -> None:
    """Refuse what `recover` would refuse to undo."""
    path = target.relative_to(root).as_posix()
    try:
        _inside(root, path)
    except (ValueError, RuntimeError):  # Before Python 3.13, links that lead in a circle are a RuntimeError.
        raise HandbookError(
            f"{path} is not a place that a command can change safely: one of its folders, or the file, is a"
            " link that leads out of the handbook, or its name has a `~` or belongs to another program, so"
            " nothing was written; put a real folder in place of the link, or choose another name"
        ) from None


def recover(root: Path) -> Recovery | None:
    """Undo what a killed command has changed of several files, unless it has changed all of them.

    What somebody else has changed since then stays. Only one command at a time may call this.

    Raises:
        HandbookError: if the journal cannot be read, or a file cannot be written.

    """
    journal = root / CACHE / _JOURNAL
    if not journal.is_file():
        return None
    changes, folders = _read(root, journal)
    is_complete = all(_content(change.target) == change.data for change in changes)
    if not is_complete:
        for change in reversed(changes):
            if _content(change.target) == change.data:
                undo_write(change)
    for change in changes:
        remove_drafts(change.target.parent)
    for folder in folders:
        with suppress(OSError):  # Somebody may have put something into it.
            folder.rmdir()
    journal.unlink()
    return Recovery(tuple(change.target.relative_to(root).as_posix() for change in changes), is_complete)


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def as_json(root: Path, changes: Sequence[FileWrite]) -> str:
    """Return what the journal says of changes that have not been made yet."""
    files = [
        {
            "path": change.target.relative_to(root).as_posix(),
            "before": _encoded(change.before),
            "after": _encoded(change.data),
        }
        for change in changes
    ]
    folders = {folder.relative_to(root).as_posix() for folder in _missing_folders(root, changes)}
    return json.dumps({"files": files, "folders": sorted(folders, reverse=True)})


def _missing_folders(root: Path, changes: Sequence[FileWrite]) -> Iterator[Path]:
    for change in changes:
        yield from (
            folder for folder in change.target.parents if folder.is_relative_to(root) and not folder.exists()
        )


def _read(root: Path, journal: Path) -> tuple[list[FileWrite], list[Path]]:
    try:
        record = json.loads(journal.read_bytes())
        changes = [
            FileWrite(_inside(root, file["path"]), _decoded(file["after"]), _decoded(file["before"]))
            for file in record["files"]
        ]
        return changes, [_inside(root, folder) for folder in record["folders"]]
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        raise HandbookError(
            f"{journal} does not say what a command that was interrupted has changed; look at `git status`,"
            " restore what is half done, and delete that file"
        ) from None


def _inside(root: Path, path: str) -> Path:
    """Return a file of the handbook; a journal that names another was not written here."""
    parts = PurePosixPath(path).parts
    target = root.joinpath(*parts)
    # Some disks find `.git` by other names, such as `.GIT` and `git~1`.
    is_of_others = any(part.casefold() in _OF_OTHERS or "~" in part for part in parts)
    leads_out = not target.resolve().is_relative_to(root.resolve())
    if is_of_others or leads_out or ".." in parts or _has_broken_link(target, len(parts)):
        raise ValueError(path)
    return target


def _has_broken_link(file: Path, depth: int) -> bool:
    """Tell whether a file, or one of the `depth` folders above it, is a link to nothing or to itself."""
    return any(part.is_symlink() and not part.exists() for part in (file, *file.parents[:depth]))


def _encoded(data: bytes | None) -> str | None:
    return None if data is None else base64.b64encode(data).decode()


def _decoded(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text, validate=True)
