"""Scanning and cleaning of files that are only in memory."""

import io

from handbook.photos.edits import apply_edits, overlap
from handbook.photos.scan import ScannedFile, scan


def scanned(data: bytes) -> ScannedFile:
    result = scan(io.BytesIO(data))
    assert result is not None
    return result


def cleaned(data: bytes) -> bytes:
    """The clean copy of a file, which must be one that can be cleaned."""
    result = scanned(data)
    assert (result.unreadable, result.obstacle, overlap(result.edits)) == (None, None, False)
    return b"".join(apply_edits(io.BytesIO(data), result.edits))
