"""Writes several files together, or says why none was written."""

from collections.abc import Sequence
from pathlib import Path

from handbook.errors import HandbookError
from handbook.files.atomic_write import ChangedMeanwhile, FileWrite, cannot_be_written
from handbook.files.journal import write_with_journal


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


def _changed_by_others(path: str) -> HandbookError:
    return HandbookError(f"{path} was changed by somebody else just now; nothing was written; try again")
