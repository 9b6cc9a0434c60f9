"""Writes several files together, or says why none was written."""

from collections.abc import Sequence
from pathlib import Path

from handbook.errors import HandbookError
from handbook.files.atomic_write import ChangedMeanwhile, FileWrite, cannot_be_written
from handbook.files.changed_tree import ChangedTree
from handbook.files.journal import write_with_journal
from handbook.files.tree import Folder
from handbook.schemas.schema_files import renewed_proposals


def write_files(root: Path, changes: Sequence[FileWrite]) -> None:
    """Write all files of a handbook, or none.

    Raises:
        HandbookError: if a file cannot be written, or was changed by somebody else in the meantime.

    """
    try:
        write_with_journal(root, changes)
    except ChangedMeanwhile as error:
        raise _changed_by_others(str(error)) from None
    except FileExistsError as error:
        raise _changed_by_others(error.filename2 or error.filename) from None
    except OSError as error:
        raise cannot_be_written(error.filename or "a file", error) from None


def with_proposals(root: Path, changes: Sequence[FileWrite]) -> list[FileWrite]:
    """Return changes of registers together with those of what editors propose, which follows them.

    Raises:
        HandbookError: if a register would have a mistake.

    """
    before = Folder(root)
    after = {change.target.relative_to(root).as_posix(): change.data for change in changes}
    renewed = renewed_proposals(ChangedTree(before, after))
    return [
        *changes,
        *(FileWrite(root / path, text.encode(), before.read(path)) for path, text in renewed.items()),
    ]


def _changed_by_others(path: str) -> HandbookError:
    return HandbookError(f"{path} was changed by somebody else just now; nothing was written; try again")
