"""Keeps redlines between runs, in `.cache/` of a handbook."""

from pathlib import Path
from typing import Final

from handbook.files.cache_file import CACHE_FOLDER, MOST_BYTES, CacheFile
from handbook.git.repository import Repository

# Redlines depend on these modules of `handbook`, and on which characters are letters for this Python.
_SOURCES: Final = (
    *("formats/redlines", "history/redline_cache", "history/redlines"),
    *("text/line_ends", "text/redline"),
)


def redline_cache(repository: Repository) -> "RedlineCache | None":
    """Return the cache of a handbook, or None if it is committed.

    Somebody else wrote it then, and could make a change look like another one.
    """
    return None if repository.ask("ls-files", "--", CACHE_FOLDER) else RedlineCache(repository.root)


class RedlineCache(CacheFile):
    """Encoded redlines by name."""

    def __init__(self, root: Path, most_bytes: int = MOST_BYTES) -> None:
        super().__init__(root, "redlines", _SOURCES, most_bytes)
