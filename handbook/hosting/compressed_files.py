"""The compressed files beside those of a site, for web servers that send files as they are.

They are made where a site is served. An edition on its branch has none, so that every byte of it is one that
its manifest vouches for.
"""

import gzip
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from handbook.errors import HandbookError
from handbook.files.atomic_write import cannot_be_written

ENDING: Final = ".gz"
# Pictures, films, and documents are compressed already.
KINDS: Final = frozenset(
    f".{kind}"
    for kind in "atom css csv html ics js json md rss srt svg tsv txt vtt xml".split()  # noqa: SIM905
)
_LEVEL: Final = 9


@dataclass(frozen=True, slots=True)
class Compression:
    """What was done: how many files have a compressed one, how many of those are new, how many are gone."""

    files: int
    written: int
    removed: int


def compress_site(site: Path) -> Compression:
    """Bring the compressed files of a site up to date; the same files give the same bytes.

    Links are not followed: what they lead to in the site is compressed in its own place.

    Raises:
        HandbookError: if the folder is not a built site, or if a file cannot be read or written.

    """
    require_site(site)
    try:
        removed = sum(map(_remove, _without_original(site)))
        changes = [_compress(file) for file in _files(site) if file.suffix in KINDS]
    except OSError as error:
        raise cannot_be_written(error.filename or site, error) from None
    return Compression(sum(change is not None for change in changes), changes.count(True), removed)


def require_site(site: Path) -> None:
    """Refuse a folder that is not one that a server serves.

    Raises:
        HandbookError: if it has no start page, or is where the handbook or its branch is worked on.

    """
    if os.path.lexists(site / ".git"):
        remedy = "unpack the branch into a folder of its own, as the page Publish it says"
        raise HandbookError(f"{site} is a working copy of git, where the files would be committed; {remedy}")
    if (site / "mkdocs.yml").exists() or not (site / "index.html").is_file():
        raise HandbookError(f"{site} is not a built site; name the folder that has its index.html")


def _files(site: Path) -> Iterator[Path]:
    """Yield the files of a site, in order, but those that are hidden and those that are links."""
    for folder, folders, names in os.walk(site):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files = (Path(folder, name) for name in sorted(names) if not name.startswith("."))
        yield from (file for file in files if not file.is_symlink())


def _without_original(site: Path) -> Iterator[Path]:
    """Yield compressed files that a server would send although their file is gone."""
    for file in _files(site):
        original = file.with_suffix("")
        if file.suffix == ENDING and original.suffix in KINDS and not original.exists():
            yield file


def _remove(file: Path) -> int:
    file.unlink()
    return 1


def _compress(file: Path) -> bool | None:
    """Write the compressed file; tell whether it had to be. A file that would not be smaller gets none."""
    data, target = file.read_bytes(), file.with_name(file.name + ENDING)
    packed = gzip.compress(data, _LEVEL, mtime=0)
    if len(packed) >= len(data):
        target.unlink(missing_ok=True)
        return None
    is_new = not _holds(target, data)
    if is_new:
        _write(target, packed)
    # Servers tell browsers the time of the file that they send, so it is that of the original.
    times = file.stat()
    os.utime(target, ns=(times.st_atime_ns, times.st_mtime_ns))
    return is_new


def _holds(target: Path, data: bytes) -> bool:
    """Tell whether a compressed file is that of the data, whoever made it."""
    try:
        return not target.is_symlink() and gzip.decompress(target.read_bytes()) == data
    except (FileNotFoundError, EOFError, gzip.BadGzipFile, zlib.error):
        return False


def _write(target: Path, data: bytes) -> None:
    """Replace a file at once, so that a server never sends half of one."""
    draft = target.with_name(f".{target.name}.part")
    draft.write_bytes(data)
    draft.replace(target)
