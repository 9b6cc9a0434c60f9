"""Writes several files together, or says why none was written."""

from collections.abc import Sequence

from handbook.errors import HandbookError
from handbook.files.atomic_write import ChangedMeanwhile, FileWrite, write_together


def write_files(changes: Sequence[FileWrite]) -> None:
    """Write all files, or none.

    Raises:
        HandbookError: if a file cannot be written, or was changed by somebody else in the meantime.

    """
    try:
        write_together(changes)
    except ChangedMeanwhile as error:
        raise _changed_by_others(str(error)) from None
    except FileExistsError as error:
        raise _changed_by_others(error.filename2 or error.filename) from None
    except OSError as error:
        raise HandbookError(
            f"{error.filename or 'a file'} cannot be written ({error.strerror}); nothing was written"
        ) from None


def _changed_by_others(path: str) -> HandbookError:
    return HandbookError(f"{path} was changed by somebody else just now; nothing was written; try again")
