"""Files that appear or change whole or not at all, and never in place of something that nobody has read.

Everything is written to a hidden file beside its target first, which then takes the target's name.
"""

import errno
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from handbook.errors import HandbookError

_USUAL: Final = 0o666
_PRIVATE: Final = 0o600
# Windows would change the ends of lines.
_AS_BYTES: Final = getattr(os, "O_BINARY", 0)
_DRAFT: Final = re.compile(r"\.[0-9a-f]{16}\.part")
_ADVICE: Final = {
    errno.ENOSPC: "free space on the disk",
    errno.EDQUOT: "free space on the disk",
    errno.EFBIG: "free space on the disk",
    errno.EROFS: "make the disk writable, or work in another copy",
}


@dataclass(frozen=True, slots=True)
class FileWrite:
    """What a file is to hold, or None for a file that is to be removed.

    `before` is what was read there, or None for a file that does not exist yet.
    """

    target: Path
    data: bytes | None
    before: bytes | None = None


class ChangedMeanwhile(Exception):
    """A file no longer holds what was read from it; its path is the message."""


def write_together(changes: Sequence[FileWrite]) -> None:
    """Make every change or none: earlier ones are undone if a later one fails.

    A file that is replaced keeps its mode, and a link stays a link. Folders are made as needed.

    Raises:
        FileExistsError: if a new file exists already.
        ChangedMeanwhile: if a file no longer holds what was read from it.
        OSError: if a file cannot be written.

    """
    with ExitStack() as undo:
        for change in changes:
            for folder in _make_folders(change.target.parent):
                undo.callback(folder.rmdir)
            _make(change.target, change.before, change.data)
            undo.callback(_make, change.target, change.data, change.before)
        undo.pop_all()


def _make(target: Path, before: bytes | None, after: bytes | None) -> None:
    """Write, replace, or remove a file, which holds `before` until then."""
    if before is None:
        write_new(target, [after or b""])
    elif after is None:
        _remove(target, before)
    else:
        _replace(target, after, before)


def _remove(target: Path, before: bytes) -> None:
    if target.read_bytes() != before:
        raise ChangedMeanwhile(target)
    target.unlink()


def undo_write(change: FileWrite) -> None:
    """Bring back what a file held before a change.

    Raises:
        HandbookError: if the file cannot be written.

    """
    try:
        if change.before is None:
            change.target.unlink()
        elif change.data is None:
            write_new(change.target, [change.before])
        else:
            _replace(change.target, change.before)
    except OSError as error:
        raise cannot_be_written(change.target, error) from None


def remove_drafts(folder: Path) -> None:
    """Remove what a killed process left of files that it was writing in a folder."""
    for file in folder.iterdir() if folder.is_dir() else ():
        if _DRAFT.fullmatch(file.name):
            file.unlink(missing_ok=True)


def cannot_be_written(path: object, error: OSError) -> HandbookError:
    """Return an error that says why a file or a folder cannot be written, and what to do."""
    advice = _ADVICE.get(error.errno or 0, "check the permissions of its folder")
    return HandbookError(f"{path} cannot be written ({error.strerror}); {advice}, then run this again")


def _make_folders(path: Path) -> Iterator[Path]:
    """Make a folder and those above it; yield each that did not exist."""
    for folder in reversed([path, *path.parents]):
        if not folder.exists():
            folder.mkdir()
            yield folder


def _accept(_file: BinaryIO) -> None:
    pass


def write_new(
    target: Path,
    blocks: Iterable[bytes],
    inspect: Callable[[BinaryIO], None] = _accept,
    *,
    is_private: bool = False,
) -> None:
    """Write a file, let `inspect` read it before it gets its name, and leave nothing behind on any error.

    Only its owner may read a file that is private.

    Raises:
        FileExistsError: if the target exists already; it is not touched.
        OSError: if the folder cannot be written to.

    """
    with _draft(target, _PRIVATE if is_private else _USUAL) as (draft, file):
        for block in blocks:
            file.write(block)
        _flush(file)
        inspect(file)
        file.close()
        _link(draft, target)


def write_new_text(target: Path, text: str, *, is_private: bool = False) -> None:
    """Write a new file of text, and the folders above it. Only its owner may read a file that is private.

    Raises:
        HandbookError: if the target exists already, or its folder cannot be written to.

    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_new(target, [text.encode("utf-8")], is_private=is_private)
    except OSError as error:
        if isinstance(error, FileExistsError) and os.path.lexists(target):
            raise HandbookError(f"{target} is there already; it was not touched") from None
        raise cannot_be_written(target, error) from None


def replace_file(target: Path, text: str) -> None:
    """Replace the text of a file; its permissions stay, and a link to it stays a link.

    Raises:
        HandbookError: if the file or its folder cannot be written to.

    """
    try:
        _replace(target, text.encode("utf-8"))
    except OSError as error:
        raise cannot_be_written(target, error) from None


def write_text(target: Path, text: str) -> None:
    """Write a file of text, new or not, as `write_new_text` or `replace_file` does.

    Raises:
        HandbookError: if the file or its folder cannot be written to.

    """
    if target.exists():
        replace_file(target, text)
    else:
        write_new_text(target, text)


def _replace(target: Path, data: bytes, before: bytes | None = None) -> None:
    """Replace what a file holds, which must be `before` if that is given."""
    real = Path(os.path.realpath(target))
    with _draft(real) as (draft, file):
        file.write(data)
        _flush(file)
        shutil.copymode(real, draft)
        file.close()  # Windows does not rename open files.
        if before is not None and real.read_bytes() != before:
            raise ChangedMeanwhile(real)
        draft.replace(real)


@contextmanager
def _draft(target: Path, mode: int = _USUAL) -> Iterator[tuple[Path, BinaryIO]]:
    """Open a file beside a target, under a name that nobody uses; remove what is left of it in the end."""
    draft = target.with_name(f".{os.urandom(8).hex()}.part")
    try:
        # The system takes from the mode what the user does not want others to be allowed.
        descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL | _AS_BYTES, mode)
        with os.fdopen(descriptor, "w+b") as file:
            yield draft, file
    finally:
        draft.unlink(missing_ok=True)


def _flush(file: BinaryIO) -> None:
    """Flush everything to the disk, so that a power cut after the renaming loses nothing."""
    file.flush()
    os.fsync(file.fileno())


def _link(draft: Path, target: Path) -> None:
    """Give a draft its name, unless another file has it; disks without links get a renamed file."""
    try:
        target.hardlink_to(draft)
    except FileExistsError:
        raise
    except OSError:
        target.open("xb").close()
        draft.replace(target)
