"""Reads a release from a zip or a tar file, without writing any of it to disk."""

import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from handbook.errors import HandbookError
from handbook.upgrades.snapshot import Snapshot, is_of_a_release

_MOST_BYTES: Final = 200_000_000
_MOST_FILES: Final = 20_000
_TOP: Final = "mkdocs.yml"
_EXECUTABLE: Final = 0o100


def is_archive(file: Path) -> bool:
    """Tell whether a file is a zip or a tar file."""
    return file.is_file() and (zipfile.is_zipfile(file) or tarfile.is_tarfile(file))


def snapshot_of_archive(file: Path) -> Snapshot:
    """Return the files in an archive, below the folder that has mkdocs.yml.

    Raises:
        HandbookError: if it cannot be read, is too large, or holds no handbook.

    """
    try:
        members = list(_zip_members(file) if zipfile.is_zipfile(file) else _tar_members(file))
    except (zipfile.BadZipFile, tarfile.TarError, EOFError, RuntimeError, NotImplementedError) as error:
        raise HandbookError(f"{file} cannot be read ({error}); get the archive again") from None
    top = _top_of([path for path, _, _ in members], file)
    inside = [(path.removeprefix(top), data, mode) for path, data, mode in members if path.startswith(top)]
    files: Mapping[str, bytes] = {path: data for path, data, _ in inside if _is_safe(path)}
    executable = frozenset(path for path, _, mode in inside if mode & _EXECUTABLE and path in files)
    return Snapshot(file.name, files, None, executable)


def _top_of(paths: list[str], file: Path) -> str:
    tops = [path.removesuffix(_TOP) for path in paths if PurePosixPath(path).name == _TOP]
    if not tops:
        raise HandbookError(f"{file} holds no handbook: no folder in it has {_TOP}; give another archive")
    return min(tops, key=len)


def _is_safe(path: str) -> bool:
    parts = PurePosixPath(path).parts
    is_inside = ".." not in parts and not path.startswith("/") and "\\" not in path and ":" not in path
    return is_inside and is_of_a_release(path)


def _zip_members(file: Path) -> Iterator[tuple[str, bytes, int]]:
    with zipfile.ZipFile(file) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        _require_size(file, len(infos), sum(info.file_size for info in infos))
        for info in infos:
            mode = info.external_attr >> 16
            if mode & 0o170000 in (0, 0o100000):  # An ordinary file, or an archive that does not say.
                yield info.filename, archive.read(info), mode


def _tar_members(file: Path) -> Iterator[tuple[str, bytes, int]]:
    count = size = 0
    with tarfile.open(file) as archive:
        for member in archive:
            count, size = count + 1, size + member.size
            _require_size(file, count, size)
            content = archive.extractfile(member) if member.isreg() else None
            if content:
                yield PurePosixPath(member.name).as_posix(), content.read(), member.mode


def _require_size(file: Path, count: int, size: int) -> None:
    if count > _MOST_FILES or size > _MOST_BYTES:
        raise HandbookError(f"{file} is too large for a release of the handbook; give another archive")
