"""Keeps redlines between runs, in `.cache/` of a handbook."""

import sys
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from handbook.files.atomic_write import ChangedMeanwhile, FileWrite, write_together
from handbook.git.repository import Repository

_CACHE: Final = ".cache"
_MOST_BYTES: Final = 100_000_000
# Redlines depend on these modules of `handbook`, and on which characters are letters for this Python.
_SOURCES: Final = (
    *("formats/redlines", "history/redline_cache", "history/redlines"),
    *("text/line_ends", "text/redline"),
)


def redline_cache(repository: Repository) -> "RedlineCache | None":
    """Return the cache of a handbook, or None if it is committed.

    Somebody else wrote it then, and could make a change look like another one.
    """
    return None if repository.ask("ls-files", "--", _CACHE) else RedlineCache(repository.root)


class RedlineCache:
    """Encoded redlines by name, in one file that is written whole or not at all.

    A file that is damaged, too large, or written by other code counts as empty. If the folder cannot be
    written to, nothing is kept, and that is not an error.
    """

    def __init__(self, root: Path, most_bytes: int = _MOST_BYTES) -> None:
        self._folder = root / _CACHE
        self._file = self._folder / "redlines"
        self._most_bytes = most_bytes

    def read(self) -> dict[str, bytes]:
        """Return the redlines by their names."""
        head, _, body = (self._content() or b"").partition(b"\n")
        if not body or head != _head(body):
            return {}
        rows = (row.partition(b"\t") for row in body.split(b"\n"))
        return {name.decode(): redline for name, _, redline in rows}

    def write(self, redlines: Mapping[str, bytes]) -> None:
        """Keep redlines instead of those in the file, the first ones if they are too many."""
        body = b"\n".join(_rows(redlines, self._most_bytes - len(_head(b"")) - 1))
        changes = [FileWrite(self._file, _head(body) + b"\n" + body, self._content())]
        if not (ignore := self._folder / ".gitignore").exists():
            changes.append(FileWrite(ignore, b"*\n"))
        with suppress(OSError, ChangedMeanwhile):
            write_together(changes)

    def _content(self) -> bytes | None:
        try:
            return self._file.read_bytes() if self._file.stat().st_size <= self._most_bytes else None
        except OSError:
            return None


def _rows(redlines: Mapping[str, bytes], room: int) -> Iterator[bytes]:
    """Yield a row for each redline, as long as there is room for its bytes. JSON on one line has no tab."""
    for name, redline in redlines.items():
        row = b"%b\t%b" % (name.encode(), redline)
        room -= len(row) + 1
        if room < 0:
            return
        yield row


def _head(body: bytes) -> bytes:
    """Return the first line of the file: the code that wrote it, and the checksum of what follows."""
    package = Path(__file__).parents[1]
    code = b"".join((package / f"{name}.py").read_bytes() for name in _SOURCES)
    return b"redlines %08x %d.%d %08x" % (zlib.crc32(code), *sys.version_info[:2], zlib.crc32(body))
