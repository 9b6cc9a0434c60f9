"""Files that appear or change whole or not at all, and never in place of what nobody has read."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from handbook.errors import HandbookError


@dataclass(frozen=True, slots=True)
class FileWrite:
    """What is to stand in a file. `before` is what was read there; None means that there is no file yet."""

    target: Path
    data: bytes
    before: bytes | None = None


class ChangedMeanwhile(Exception):
    """A file is no longer what was read of it; its text is the path."""


def write_together(changes: Sequence[FileWrite]) -> None:
    """Make every change, or none: what was written is taken back when a later file cannot be.

    A file that is replaced keeps its mode, and a link stays a link. Folders are made as needed.

    Raises:
        FileExistsError: when a new file is there already.
        ChangedMeanwhile: when a file is no longer what was read.
        OSError: when a file cannot be written.

    """
    with ExitStack() as undo:
        for change in changes:
            for folder in _make_folders(change.target.parent):
                undo.callback(folder.rmdir)
            if change.before is None:
                write_new(change.target, [change.data], _accept)
                undo.callback(change.target.unlink)
            else:
                _replace(change.target, change.data, change.before)
                undo.callback(_replace, change.target, change.before, change.data)
        undo.pop_all()


def _make_folders(folder: Path) -> Iterator[Path]:
    """Make a folder and those above it; yield each that was not there."""
    for one in reversed([folder, *folder.parents]):
        if not one.exists():
            one.mkdir()
            yield one


def _replace(target: Path, data: bytes, before: bytes) -> None:
    """Put `data` in the place of `before`."""
    target = target.resolve()
    with _draft(target) as (draft, file):
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
        shutil.copymode(target, draft)
        file.close()  # Windows renames no open file.
        if target.read_bytes() != before:
            raise ChangedMeanwhile(target)
        draft.replace(target)


def _accept(_file: BinaryIO) -> None:
    """Find nothing wrong."""


def write_new(target: Path, blocks: Iterable[bytes], inspect: Callable[[BinaryIO], None]) -> None:
    """Write a file beside its place, let `inspect` read it, and put it there.

    Whatever goes wrong, an error from `inspect` included, nothing of it is left.

    Raises:
        FileExistsError: when something is there already; it is not touched.
        OSError: when the folder cannot be written to.

    """
    with _draft(target) as (draft, file):
        for block in blocks:
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
        inspect(file)
        file.close()
        _put(draft, target)


@contextmanager
def _draft(target: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """Open a file beside a place, under a name that nobody uses; whatever is left of it is removed."""
    draft = target.with_name(f".{os.urandom(8).hex()}.part")
    try:
        with draft.open("x+b") as file:
            yield draft, file
    finally:
        draft.unlink(missing_ok=True)


def _put(draft: Path, target: Path) -> None:
    """Give the file its name, unless another has it; some disks know no links, and it is renamed there."""
    try:
        target.hardlink_to(draft)
    except FileExistsError:
        raise
    except OSError:
        target.open("xb").close()
        draft.replace(target)


def write_new_text(target: Path, text: str) -> None:
    """Write a new file of text, whole or not at all, and the folders above it.

    Raises:
        HandbookError: when something is there already, or the folder cannot be written to.

    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_new(target, [text.encode("utf-8")], lambda _: None)
    except FileExistsError:
        raise HandbookError(f"{target} is there already; it was not touched") from None
    except OSError as error:
        raise HandbookError(f"{target} cannot be written ({error.strerror})") from None


def replace_file(target: Path, text: str) -> None:
    """Put a text in the place of a file, whole or not at all; its permissions stay, and so does a link to it.

    Raises:
        HandbookError: when the file or its folder cannot be written to.

    """
    real = Path(os.path.realpath(target))
    draft = real.with_name(f".{os.urandom(8).hex()}.part")
    try:
        with draft.open("xb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(real, draft)
        draft.replace(real)
    except OSError as error:
        raise HandbookError(f"{target} cannot be written ({error.strerror})") from None
    finally:
        draft.unlink(missing_ok=True)
