"""The audit pack: files that are read without us, their manifest, and a zip with the same bytes each time."""

import hashlib
import io
import json
import os
import shutil
import time
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from handbook.errors import HandbookError
from handbook.text.quoting import one_line

MANIFEST: Final = "manifest.json"
SUMS: Final = "SHA256SUMS"
# A zip knows no earlier moment: 1980-01-01, in seconds since 1970.
_FIRST_IN_ZIP: Final = 315_532_800
_MODE: Final = 0o100644
_ON_UNIX: Final = 3


@dataclass(frozen=True, slots=True)
class Pack:
    """The files of a pack, by path, and what its manifest says besides them.

    `seconds` since 1970 is the moment that every file bears: that of the commit.
    """

    name: str
    seconds: int
    facts: Mapping[str, object]
    files: Mapping[str, bytes]

    def sealed(self) -> dict[str, bytes]:
        """Return every file with the manifest and the list of sums, sorted by path.

        Raises:
            HandbookError: when a file has a name that some machine would read as another place.

        """
        for path in self.files:
            refuse_path(path)
        files = {path: {"sha256": _sum(data), "size": len(data)} for path, data in self.files.items()}
        record = {"pack": self.name, **self.facts, "files": files}
        manifest = f"{json.dumps(record, ensure_ascii=False, sort_keys=True, indent=1)}\n".encode()
        sums = {**{path: str(one["sha256"]) for path, one in files.items()}, MANIFEST: _sum(manifest)}
        listed = "".join(f"{sums[path]}  {path}\n" for path in sorted(sums)).encode()
        return dict(sorted({**self.files, MANIFEST: manifest, SUMS: listed}.items()))


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def refuse_path(path: str) -> None:
    """Let no file be unpacked elsewhere than below the folder of the pack.

    Raises:
        HandbookError: when the path could mean that.

    """
    parts = path.split("/")
    if not path.isprintable() or "\\" in path or ":" in path or {"", ".", ".."} & set(parts):
        raise HandbookError(f"the file '{one_line(path)}' has a name that is not safe in a zip; rename it")


def as_zip(name: str, files: Mapping[str, bytes], seconds: int) -> bytes:
    """Return a zip of files in a folder `name`.

    Nothing is compressed: another version of the compressor would make other bytes of the same files.
    """
    moment = time.gmtime(max(seconds, _FIRST_IN_ZIP))[:6]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(f"{name}/{path}", moment)
            entry.create_system, entry.external_attr = _ON_UNIX, _MODE << 16
            archive.writestr(entry, files[path])
    return target.getvalue()


@dataclass(frozen=True, slots=True)
class WrittenPack:
    """A pack on disk: its zip, how many files are in it, and the sums that an auditor asks for."""

    archive: Path
    files: int
    archive_sum: str
    manifest_sum: str


def write_pack(pack: Pack, folder: Path) -> WrittenPack:
    """Write the pack below `folder`, as a folder and as its zip.

    Both are written beside their places and then renamed. What is killed between leaves nothing but hidden
    files whose names end in `.part`, or a whole folder without its zip.

    Raises:
        HandbookError: when one of the two is there already, or the disk refuses.

    """
    target, archive = folder / pack.name, folder / f"{pack.name}.zip"
    refuse_taken(folder, pack.name)
    files = pack.sealed()
    data = as_zip(pack.name, files, pack.seconds)
    drafts = [folder / f".{pack.name}.{os.urandom(4).hex()}.part" for _ in range(2)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in files.items():
            _write(drafts[0] / path, content, pack.seconds)
        _write(drafts[1], data, pack.seconds)
        refuse_taken(folder, pack.name)
        drafts[0].rename(target)
        drafts[1].rename(archive)
    except OSError as error:
        reason = error.strerror or str(error)
        raise HandbookError(
            f"{target} cannot be written ({reason}); name another folder with --out"
        ) from None
    finally:
        shutil.rmtree(drafts[0], ignore_errors=True)
        drafts[1].unlink(missing_ok=True)
    return WrittenPack(archive, len(files), _sum(data), _sum(files[MANIFEST]))


def refuse_taken(folder: Path, name: str) -> None:
    """Let nobody write over a pack that is there.

    Raises:
        HandbookError: when it is.

    """
    for place in (folder / name, folder / f"{name}.zip"):
        if os.path.lexists(place):
            raise HandbookError(
                f"{place} is there already, and was not touched;"
                " move it away, or name another folder with --out"
            )


def _write(file: Path, data: bytes, seconds: int) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    os.utime(file, (seconds, seconds))
