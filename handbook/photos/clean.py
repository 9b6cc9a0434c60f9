"""Clean copies of photos and videos, whose compressed picture is the same to the byte."""

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

from handbook.errors import HandbookError
from handbook.files.atomic_write import write_new
from handbook.files.missing_content import missing_content
from handbook.photos.containers import FORMATS
from handbook.photos.disclosures import Disclosure
from handbook.photos.edits import apply_edits
from handbook.photos.removals import Removal, removal
from handbook.photos.scan import ScannedFile, scan

_FORMAT_NAMES: Final = tuple(dict.fromkeys(known.name for known in FORMATS))
_ELSEWHERE: Final = "name another folder with --out"
_AS_JPEG: Final = "save it as JPEG and clean that copy"

Scanner: TypeAlias = Callable[[BinaryIO], ScannedFile | None]


class FileRejected(Exception):
    """A file cannot be read or cleaned; the text says why and what to do, to be read after its name."""


@dataclass(frozen=True, slots=True)
class CleanCopy:
    """A file, and where its clean copy is to be written."""

    source: Path
    target: Path


@dataclass(frozen=True, slots=True)
class Cleaning:
    """What a clean copy no longer discloses, and what it no longer has."""

    disclosures: tuple[Disclosure, ...]
    removal: Removal


def scan_file(path: Path, scanner: Scanner) -> ScannedFile:
    """Return what a file discloses; `scanner` knows further kinds of files.

    Raises:
        FileRejected: if it is not a file of a known kind that can be read to its end.

    """
    with _open(path) as stream:
        return _scan_whole(stream, scanner)


def plan_copies(paths: Sequence[Path], folder: Path) -> list[CleanCopy]:
    """Name the clean copies of files in a folder.

    Raises:
        HandbookError: if two of them would have the same name.

    """
    # Most disks on Windows and macOS do not tell capitals apart.
    names = Counter(path.name.casefold() for path in paths)
    clashes = sorted({path.name for path in paths if names[path.name.casefold()] > 1})
    if clashes:
        raise HandbookError(
            f"two files would both become {folder / clashes[0]}; clean each into its own folder"
        )
    return [CleanCopy(path, folder / path.name) for path in paths]


def write_clean_copy(copy: CleanCopy, scanner: Scanner = scan) -> Cleaning:
    """Write a clean copy, and return what it no longer discloses and has.

    Raises:
        FileRejected: if the copy cannot be made or written; then nothing is left of it.

    """
    with _open(copy.source) as stream:
        _require_free(copy.target)
        scanned = _scan_whole(stream, scanner)
        if scanned.obstacle:
            raise FileRejected(f"it cannot be cleaned: {scanned.obstacle}")
        _write(copy.target, apply_edits(stream, scanned.edits))
        return Cleaning(scanned.disclosures, removal(stream, scanned.edits, scanned.disclosures))


def _require_free(target: Path) -> None:
    """Reject a target that cannot be written, before a large file is read."""
    folder = target.parent
    with _rejecting_write_errors(target):
        if os.path.lexists(target):
            raise FileExistsError
        if folder.exists() and not folder.is_dir():
            raise FileRejected(f"{folder} is not a folder; {_ELSEWHERE}")


def _write(target: Path, blocks: Iterator[bytes]) -> None:
    with _rejecting_write_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        write_new(target, blocks, _require_clean)


@contextmanager
def _rejecting_write_errors(target: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError:
        raise FileRejected(f"{target} already exists and is not overwritten; {_ELSEWHERE}") from None
    except OSError as error:
        raise FileRejected(f"{target} cannot be written ({error.strerror}); {_ELSEWHERE}") from None


def _require_clean(copy: BinaryIO) -> None:
    """Read a copy before it gets its name, and reject it if it is damaged or still discloses something."""
    scanned = scan(copy)
    if scanned is None or scanned.unreadable:
        raise FileRejected(f"it cannot be cleaned: the copy would be damaged; {_AS_JPEG}")
    if scanned.disclosures:
        remaining = scanned.disclosures[0].phrase
        raise FileRejected(f"it cannot be cleaned: the copy would still give away {remaining}; {_AS_JPEG}")


def _scan_whole(stream: BinaryIO, scanner: Scanner) -> ScannedFile:
    scanned = scanner(stream)
    if scanned is None:
        if reason := missing_content(stream):
            raise FileRejected(f"it {reason}")
        *others, last = _FORMAT_NAMES
        remedy = f"open it in its own program and save it as {', '.join(others)} or {last}"
        raise FileRejected(f"it is not a photo, video or document in a known format; {remedy}")
    if scanned.unreadable:
        raise FileRejected(f"it cannot be read as {scanned.format}: {scanned.unreadable}; {scanned.remedy}")
    return scanned


def _open(path: Path) -> BinaryIO:
    """Open a regular file only; a pipe would block, and a link may lead anywhere."""
    try:
        status = path.lstat()
        file_type = stat.S_IFMT(status.st_mode)
        if file_type != stat.S_IFREG:
            raise FileRejected(_NOT_A_FILE.get(file_type, "it is not a file; name a photo or a video"))
        return path.open("rb")
    except FileNotFoundError:
        raise FileRejected("there is no such file; check its name") from None
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise FileRejected(f"it cannot be opened ({reason}); check its permissions") from None


_NOT_A_FILE: Final = {
    stat.S_IFDIR: "it is a folder; name the files in it",
    stat.S_IFLNK: "it is a link; name the file that it points to",
}
