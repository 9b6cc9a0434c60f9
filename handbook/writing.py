"""Files that appear whole or not at all, and never in place of another."""

import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from handbook.errors import HandbookError


def write_new(target: Path, blocks: Iterable[bytes], inspect: Callable[[BinaryIO], None]) -> None:
    """Write a file beside its place, let `inspect` read it, and put it there.

    Whatever goes wrong, an error from `inspect` included, nothing of it is left.

    Raises:
        FileExistsError: when something is there already; it is not touched.
        OSError: when the folder cannot be written to.

    """
    draft = target.with_name(f".{os.urandom(8).hex()}.part")
    try:
        with draft.open("x+b") as file:
            for block in blocks:
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
            inspect(file)
        _put(draft, target)
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
