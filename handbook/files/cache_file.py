"""Keeps results between runs, in `.cache/` of a handbook."""

import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from handbook.files.atomic_write import ChangedMeanwhile, FileWrite, write_together

CACHE_FOLDER: Final = ".cache"
MOST_BYTES: Final = 100_000_000


class CacheFile:
    """Results on one line each, by name, in one file that is written whole or not at all.

    A file that is damaged, too large, or written by other code counts as empty. If the folder cannot be
    written to, nothing is kept, and that is not an error. `sources` are the modules of `handbook` that the
    results depend on.
    """

    def __init__(self, root: Path, name: str, sources: Sequence[str], most_bytes: int = MOST_BYTES) -> None:
        self._folder = root / CACHE_FOLDER
        self._name = name
        self._file = self._folder / name
        self._sources = sources
        self._most_bytes = most_bytes

    def read(self) -> dict[str, bytes]:
        """Return the results by their names."""
        head, _, body = (self._content() or b"").partition(b"\n")
        if not body or head != self._head(body):
            return {}
        # One split takes half of the time of a partition of each row.
        fields = body.replace(b"\t", b"\n").split(b"\n")
        return dict(zip(map(bytes.decode, fields[::2]), fields[1::2], strict=True))

    def write(self, results: Mapping[str, bytes]) -> None:
        """Keep results instead of those in the file, the first ones if they are too many."""
        body = b"\n".join(_rows(results, self._most_bytes - len(self._head(b"")) - 1))
        changes = [FileWrite(self._file, self._head(body) + b"\n" + body, self._content())]
        if not (ignore := self._folder / ".gitignore").exists():
            changes.append(FileWrite(ignore, b"*\n"))
        with suppress(OSError, ChangedMeanwhile):
            write_together(changes)

    def _content(self) -> bytes | None:
        try:
            return self._file.read_bytes() if self._file.stat().st_size <= self._most_bytes else None
        except OSError:
            return None

    def _head(self, body: bytes) -> bytes:
        """Return the first line of the file: the code that wrote it, and the checksum of what follows."""
        package = Path(__file__).parents[1]
        code = b"".join(
            (package / f"{name}.py").read_bytes() for name in ("files/cache_file", *self._sources)
        )
        python = sys.version_info
        return b"%s %08x %d.%d %08x" % (self._name.encode(), zlib.crc32(code), *python[:2], zlib.crc32(body))


def _rows(results: Mapping[str, bytes], room: int) -> Iterator[bytes]:
    """Yield a row for each result, as long as there is room for its bytes. JSON on one line has no tab."""
    for name, result in results.items():
        row = b"%b\t%b" % (name.encode(), result)
        room -= len(row) + 1
        if room < 0:
            return
        yield row
