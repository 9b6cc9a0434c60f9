"""Keeps results between runs, in files that are written whole or not at all."""

import os
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from handbook.files.atomic_write import ChangedMeanwhile, FileWrite, write_together

CACHE_FOLDER: Final = ".cache"
MOST_BYTES: Final = 100_000_000
_LONGEST_HEAD: Final = 200
_PACKAGE: Final = Path(__file__).parents[1]


class KeptFile:
    """A result in a file of its own.

    A file that is damaged, too large, or written by other code counts as empty, and so does one that came
    with a copy of its folder: whoever made the copy could have written it. If the folder cannot be
    written to, nothing is kept, and that is not an error. `sources` are the modules of `handbook` that the
    result depends on; without them, it depends on every module.
    """

    def __init__(
        self, folder: Path, name: str, sources: Sequence[str] = (), most_bytes: int = MOST_BYTES
    ) -> None:
        self.folder = folder
        self._name = name
        self._file = folder / name
        self._sources = tuple(sources)
        self._most_bytes = most_bytes

    def read_body(self) -> memoryview:
        """Return the result, or nothing."""
        content = self._content() or b""
        end = content.find(b"\n") + 1
        body = memoryview(content)[end:]
        return body if end and body and content[: end - 1] == self._head(body) else memoryview(b"")

    def write_body(self, body: bytes) -> None:
        """Keep a result instead of the one in the file, unless it is too large."""
        if len(body) > self._room:
            return
        with suppress(OSError, ChangedMeanwhile):
            self.folder.mkdir(parents=True, exist_ok=True)
            content = self._head(body) + b"\n" + body
            write_together([FileWrite(self._file, content, self._content()), *self._beside()])

    def _beside(self) -> Iterator[FileWrite]:
        """Yield the files that have to be in the folder, too."""
        yield from ()

    @property
    def _room(self) -> int:
        """How many bytes a result may have."""
        return self._most_bytes - _LONGEST_HEAD - 1

    def _content(self) -> bytes | None:
        try:
            return self._file.read_bytes() if self._file.stat().st_size <= self._most_bytes else None
        except OSError:
            return None

    def _head(self, body: bytes | memoryview) -> bytes:
        """Return the first line of the file: the code and the folder of it, and the checksum of the rest.

        A folder has another number in a copy, which nobody can know before it is made.
        """
        python, folder = sys.version_info, self.folder.stat()
        code = _code_of(self._sources) if self._sources else _code_of_all()
        place = zlib.crc32(b"%d %d" % (folder.st_dev, folder.st_ino))
        facts = (self._name.encode(), code, *python[:2], place, zlib.crc32(body))
        return b"%s %08x %d.%d %08x %08x" % facts


class KeptRows(KeptFile):
    """Results on one line each, by name."""

    def read(self) -> dict[str, bytes]:
        """Return the results by their names."""
        body = self.read_body().tobytes()
        if not body:
            return {}
        # One split takes half of the time of a partition of each row.
        fields = body.replace(b"\t", b"\n").split(b"\n")
        return dict(zip(map(bytes.decode, fields[::2]), fields[1::2], strict=True))

    def write(self, results: Mapping[str, bytes]) -> None:
        """Keep results instead of those in the file, the first ones if they are too many."""
        self.write_body(b"\n".join(_rows(results, self._room)))


class CacheFile(KeptRows):
    """Results in `.cache/` of a handbook, which git and MkDocs do not see."""

    def __init__(self, root: Path, name: str, sources: Sequence[str], most_bytes: int = MOST_BYTES) -> None:
        super().__init__(root / CACHE_FOLDER, name, sources, most_bytes)

    def _beside(self) -> Iterator[FileWrite]:
        if not (ignore := self.folder / ".gitignore").exists():
            yield FileWrite(ignore, b"*\n")


def _rows(results: Mapping[str, bytes], room: int) -> Iterator[bytes]:
    """Yield a row for each result, as long as there is room for its bytes. JSON on one line has no tab."""
    for name, result in results.items():
        row = b"%b\t%b" % (name.encode(), result)
        room -= len(row) + 1
        if room < 0:
            return
        yield row


def _code_of(sources: Sequence[str]) -> int:
    names = ("files/cache_file", *sources)
    return zlib.crc32(b"".join((_PACKAGE / f"{name}.py").read_bytes() for name in names))


@cache
def _code_of_all() -> int:
    """Return the checksum of every module of `handbook`: some 500, in 6 ms."""
    checksum = 0
    for path in sorted(_modules()):
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - a Path for each doubles the time
            checksum = zlib.crc32(file.read(), checksum)
    return checksum


def _modules() -> Iterator[str]:
    for folder, _, names in os.walk(_PACKAGE):
        yield from (os.path.join(folder, name) for name in names if name.endswith(".py"))  # noqa: PTH118
