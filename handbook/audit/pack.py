"""The audit pack: files that need no software of ours, their manifest, and a reproducible zip."""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from handbook.content.fingerprints import sha256
from handbook.errors import HandbookError
from handbook.files import stored_zip
from handbook.text.quoting import one_line

MANIFEST: Final = "manifest.json"
SUMS: Final = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Pack:
    """The files of a pack, by path.

    `facts` is what the manifest says besides listing the files. `seconds` since 1970 is the time that every
    file gets, which is when the commit was made.
    """

    name: str
    seconds: int
    facts: Mapping[str, object]
    files: Mapping[str, bytes]

    def sealed(self) -> dict[str, bytes]:
        """Return every file, with the manifest and the list of sums, sorted by path.

        Raises:
            HandbookError: if a file has a name that some systems would read as another folder.

        """
        for path in self.files:
            refuse_path(path)
        files = {path: {"sha256": sha256(data), "size": len(data)} for path, data in self.files.items()}
        record = {"pack": self.name, **self.facts, "files": files}
        manifest = f"{json.dumps(record, ensure_ascii=False, sort_keys=True, indent=1)}\n".encode()
        sums = {**{path: str(facts["sha256"]) for path, facts in files.items()}, MANIFEST: sha256(manifest)}
        listed = "".join(f"{sums[path]}  {path}\n" for path in sorted(sums)).encode()
        return dict(sorted({**self.files, MANIFEST: manifest, SUMS: listed}.items()))


def refuse_path(path: str) -> None:
    """Refuse a path that could be unpacked outside the folder of the pack.

    Raises:
        HandbookError: if the path is one.

    """
    parts = path.split("/")
    if one_line(path) != path or "\\" in path or ":" in path or {"", ".", ".."} & set(parts):
        raise HandbookError(f"the file '{one_line(path)}' has a name that is not safe in a zip; rename it")


def as_zip(name: str, files: Mapping[str, bytes], seconds: int) -> bytes:
    """Return a zip with the files in a folder `name`."""
    return stored_zip.as_zip({f"{name}/{path}": data for path, data in files.items()}, seconds)


@dataclass(frozen=True, slots=True)
class WrittenPack:
    """A pack on disk: its zip, the number of its files, and the sums that an auditor asks for."""

    archive: Path
    files: int
    archive_sum: str
    manifest_sum: str


def write_pack(pack: Pack, folder: Path) -> WrittenPack:
    """Write the pack below `folder`, as a folder and as its zip.

    Both are written beside their places and then renamed. What is killed between leaves nothing but hidden
    files whose names end in `.part`, or a whole folder without its zip.

    Raises:
        HandbookError: if one of the two is there already, or the disk refuses.

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
    return WrittenPack(archive, len(files), sha256(data), sha256(files[MANIFEST]))


def refuse_taken(folder: Path, name: str) -> None:
    """Refuse to write over a pack.

    Raises:
        HandbookError: if its folder or its zip exists.

    """
    for path in (folder / name, folder / f"{name}.zip"):
        if os.path.lexists(path):
            fix = "move it away, or name another folder with --out"
            raise HandbookError(f"{path} already exists and was not changed; {fix}")


def _write(file: Path, data: bytes, seconds: int) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    os.utime(file, (seconds, seconds))
