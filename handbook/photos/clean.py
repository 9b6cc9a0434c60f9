"""Copies of photos and videos that give nothing away; the compressed picture stays the same to the byte."""

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from handbook.errors import HandbookError
from handbook.files.atomic_write import write_new
from handbook.photos.disclosures import Fact
from handbook.photos.edits import edited, overlapping
from handbook.photos.scan import Survey, survey

_ELSEWHERE: Final = "name another folder with --out"
_FORMATS: Final = "JPEG, PNG, WebP, HEIC, AVIF, TIFF, MP4 or MOV"


class Refused(Exception):
    """Why one file cannot be read or cleaned, to be read after its name."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A clean copy that is to be, or was, written."""

    source: Path
    target: Path


def examined(path: Path) -> Survey:
    """Return what a file gives away.

    Raises:
        Refused: when it is no file, or no photo or video that can be read to its end.

    """
    with _opened(path) as file:
        return _examined(file)


def copies(paths: Sequence[Path], folder: Path) -> list[Copy]:
    """Name the clean copies of files in a folder.

    Raises:
        HandbookError: when two of them would have the same name.

    """
    # Most disks on Windows and macOS do not tell capitals apart.
    names = Counter(path.name.casefold() for path in paths)
    twice = sorted({path.name for path in paths if names[path.name.casefold()] > 1})
    if twice:
        raise HandbookError(
            f"two files would both become {folder / twice[0]}; clean each into its own folder"
        )
    return [Copy(path, folder / path.name) for path in paths]


def clean(copy: Copy) -> tuple[Fact, ...]:
    """Write a clean copy, and return what it does not give away any more.

    Raises:
        Refused: when there is none, for a reason that a person can act on.

    """
    with _opened(copy.source) as file:
        _refuse_taken(copy.target)
        found = _examined(file)
        if found.obstacle:
            raise Refused(f"it cannot be cleaned: {found.obstacle}")
        pieces = [piece for piece in found.pieces if piece.end > piece.start]
        if overlapping(pieces):
            raise Refused(
                "it cannot be cleaned: its parts overlap; save it in another format, and clean that"
            )
        _write(copy.target, edited(file, pieces))
    return found.facts


def _refuse_taken(target: Path) -> None:
    """Refuse before a large file is read, where its copy has no place."""
    folder = target.parent
    with _writing(target):
        if os.path.lexists(target):
            raise FileExistsError
        if folder.exists() and not folder.is_dir():
            raise Refused(f"{folder} is no folder; name another with --out")


def _write(target: Path, blocks: Iterator[bytes]) -> None:
    with _writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        write_new(target, blocks, _is_clean)


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    """Turn what goes wrong with the copy's place into a sentence."""
    try:
        yield
    except FileExistsError:
        raise Refused(f"{target} exists already and is not overwritten; {_ELSEWHERE}") from None
    except OSError as error:
        raise Refused(f"{target} cannot be written ({error.strerror}); {_ELSEWHERE}") from None


def _is_clean(file: BinaryIO) -> None:
    left = _examined(file).facts
    if left:
        raise Refused(
            f"it cannot be cleaned: {left[0].sentence} would remain; save it as JPEG, and clean that"
        )


def _examined(file: BinaryIO) -> Survey:
    found = survey(file)
    if found is None:
        raise Refused(f"it is no photo or video that can be read; these can be: {_FORMATS}")
    if found.unreadable:
        raise Refused(
            f"it cannot be read as {found.format}: {found.unreadable}; take it from its source again"
        )
    return found


def _opened(path: Path) -> BinaryIO:
    """Open a file that is one; a pipe would be waited for, and a link may lead anywhere."""
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise Refused(_WHAT.get(stat.S_IFMT(status.st_mode), "it is not a file; name a photo or a video"))
        if not status.st_size:
            raise Refused("it is empty; take it from its source again")
        return path.open("rb")
    except FileNotFoundError:
        raise Refused("there is no such file; check its name") from None
    except OSError as error:
        raise Refused(
            f"it cannot be opened ({os.strerror(error.errno or 0)}); check its permissions"
        ) from None


_WHAT: Final = {
    stat.S_IFDIR: "it is a folder; name the files in it",
    stat.S_IFLNK: "it is a link; name the file that it leads to",
}
