"""Files that appear whole or not at all, and never in place of another."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO


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
