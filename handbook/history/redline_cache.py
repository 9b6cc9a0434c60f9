"""Keeps redlines between runs, in the folder that git has for itself."""

from pathlib import Path
from typing import Final

from handbook.files.cache_file import MOST_BYTES, KeptRows

# Redlines depend on these modules of `handbook`, and on which characters are letters for this Python.
_SOURCES: Final = (
    *("formats/redlines", "history/redline_cache", "history/redlines"),
    *("text/line_ends", "text/quoting", "text/redline"),
)


class RedlineCache(KeptRows):
    """Encoded redlines by name, in `Repository.kept_folder`."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        super().__init__(folder, "redlines", _SOURCES, most_bytes)
