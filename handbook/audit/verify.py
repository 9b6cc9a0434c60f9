#!/usr/bin/env python3
"""Tells whether this audit pack is as it was made: nothing missing, nothing changed, nothing added.

    python3 -I verify.py                   checks the folder that this file is in
    python3 -I verify.py audit-pack.zip    checks a zip without unpacking it, or another folder

With -I, Python runs nothing else that is in the folder. It needs Python 3.8 or later and nothing else. It
reads and never writes. Names in a manifest are only compared with the names of files that are there, so no
file is opened because a manifest names it, and no link is followed.

Exit status: 0 as it was made, 1 something differs, 2 it could not be checked.
"""

from __future__ import annotations

import hashlib
import json
import re
import stat
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator  # noqa: TC003 - people read this file, so its imports are in one place
from pathlib import Path
from typing import IO, Any

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
AT_ONCE = 1 << 20  # bytes
LARGEST_LIST = 1 << 28  # bytes: no list of files of ours is longer
# Bytes of the parts of a zip beside names and content, and where its larger form begins.
LOCAL, CENTRAL, END, LARGER_END, MOST_FILES, LARGER = 30, 46, 22, 76, 65_535, (1 << 31) - 1
STORED = (b"\0\0\0\0", b"\0\x08\0\0")  # names in ASCII, or in UTF-8, and content that is not compressed
# Controls, marks that show letters in another order, and how a command in a log of a CI service begins.
STEERING = "[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufeff\ud800-\udfff]|^\\s*:(?=:)|#(?=#\\w*\\[)"
DAMAGED = (OSError, EOFError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error)


class FolderPack:
    """A pack as a folder: `names` are its files with their sizes, `odd` what is not a plain file."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.names: dict[str, int] = {}
        self.odd: dict[str, str] = {}
        folders = []
        for path in sorted(root.rglob("*")):
            name, facts = path.relative_to(root).as_posix(), path.lstat()
            if stat.S_ISREG(facts.st_mode):
                self.names[name] = facts.st_size
            elif stat.S_ISDIR(facts.st_mode):
                folders.append(f"{name}/")
            else:
                self.odd[name] = "is a link, a folder, or a device, not a file"
        self.odd.update(empty(folders, [*self.names, *self.odd]))

    def open(self, name: str) -> IO[bytes]:
        """Open a file that is there."""
        return (self.root / name).open("rb")


class ZipPack:
    """A pack as a zip that holds one folder. Nothing is unpacked."""

    def __init__(self, file: Path) -> None:
        self.zip = zipfile.ZipFile(file)
        self.names: dict[str, int] = {}
        self.odd: dict[str, str] = {}
        inside = self.zip.infolist()
        folders = {entry.filename for entry in inside if entry.is_dir() and not entry.file_size}
        entries = [(entry.filename, entry) for entry in inside if entry.filename not in folders]
        tops = [path[: -len(MANIFEST)] for path, _ in entries if path.endswith("/" + MANIFEST)]
        self.top = min(tops, key=len, default="")
        for path, entry in entries:
            name = path[len(self.top) :]
            if not path.startswith(self.top):
                self.odd[path] = "was added beside the folder of the pack"
            elif name in self.names:
                self.odd[name] = "is there twice"
            elif path != entry.orig_filename:
                self.odd[name] = "has a name that other programs read otherwise"
            elif (
                stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG) or entry.external_attr & 0x10
            ):
                self.odd[name] = "is a link, a folder, or a device, not a file"
            else:
                self.names[name] = entry.file_size
        self.odd.update(empty(folders, [path for path, _ in entries]))
        if not is_seamless(self.zip, file):
            self.odd[file.name] = "is not written as packs are, or has more before, between, or after files"

    def open(self, name: str) -> IO[bytes]:
        """Open a file that is there."""
        return self.zip.open(self.top + name)


def empty(folders: Iterable[str], files: Iterable[str]) -> dict[str, str]:
    """Return the folders, whose names end in `/`, in which there is no file: a pack has none."""
    parents = {name[: at + 1] for name in files for at, char in enumerate(name) if char == "/"}
    return {name: "is a folder that was added" for name in folders if name not in parents}


def is_seamless(archive: zipfile.ZipFile, path: Path) -> bool:
    """Tell whether a zip is its files and their list: nothing compressed, no comments, no two stories."""
    entries, at, listed = archive.infolist(), 0, archive.start_dir
    with path.open("rb") as file:
        for entry in entries:
            extra = 12 if entry.header_offset > LARGER else 0
            here, there = bytes_at(file, at, LOCAL), bytes_at(file, listed, CENTRAL)
            if entry.header_offset != at or (len(entry.comment), len(entry.extra)) != (0, extra):
                return False
            # Programs that do not read the list at the end go by what is before each file.
            if here[6:28] != there[8:30] or here[28:] != b"\0\0" or there[8:12] not in STORED:
                return False
            name = len(entry.orig_filename.encode("utf-8" if entry.flag_bits & 0x800 else "cp437"))
            at, listed = at + LOCAL + name + entry.file_size, listed + CENTRAL + name + extra
        larger = LARGER_END * (len(entries) > MOST_FILES or at > LARGER)
        count = min(len(entries), MOST_FILES).to_bytes(2, "little")
        size = file.seek(0, 2)
        ends = bytes_at(file, size - END, END)[4:12] == bytes(4) + count * 2
    return ends and (archive.start_dir, size) == (at, listed + larger + END)


def bytes_at(file: IO[bytes], place: int, size: int) -> bytes:
    """Return so many bytes from a place of a file."""
    file.seek(place)
    return file.read(size)


def sum_of(pack: Any, name: str) -> str | None:
    """Return the SHA-256 of a file; None if it is not there or cannot be read to its end."""
    digest = hashlib.sha256()
    try:
        with pack.open(name) as file:
            for block in iter(lambda: file.read(AT_ONCE), b""):
                digest.update(block)
    except (*DAMAGED, KeyError):
        return None
    return digest.hexdigest()


def text_of(pack: Any, name: str) -> str:
    """Return the text of a list of files, or an empty text if it is missing, too long, or damaged."""
    if pack.names.get(name, LARGEST_LIST) >= LARGEST_LIST:
        return ""
    try:
        with pack.open(name) as file:
            return str(file.read(LARGEST_LIST), "utf-8", "replace")
    except DAMAGED:
        return ""


def differences(pack: Any, manifest: Any) -> Iterator[tuple[str, str]]:
    """Yield each file that is not as the manifest and the list of sums say, and what is wrong with it."""
    promised = manifest["files"]
    known = {name.casefold(): name for name in (*promised, MANIFEST, SUMS)}
    for name in (set(promised) | set(pack.names)) - {MANIFEST, SUMS}:
        if name not in pack.names:
            yield name, "is missing"
        elif name not in promised:
            twin = known.get(name.casefold())
            yield name, f"was added, and differs from {twin} in case alone" if twin else "was added"
        elif pack.names[name] != promised[name]["size"] or sum_of(pack, name) != promised[name]["sha256"]:
            yield name, "was changed"
    sums = {**{name: facts["sha256"] for name, facts in promised.items()}, MANIFEST: sum_of(pack, MANIFEST)}
    if SUMS not in pack.names:
        yield SUMS, "is missing"
    elif text_of(pack, SUMS) != "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)):
        yield SUMS, f"does not agree with {MANIFEST}: one of the two was changed"
    yield from pack.odd.items()


def edition_differences(pack: Any, manifest: Any) -> Iterator[tuple[str, str]]:
    """Yield each file of an edition that is not what its own manifest, or its tag, vouches for."""
    sums = {name: facts["sha256"] for name, facts in manifest["files"].items()}
    for edition in manifest["editions"]:
        own, tag, site = (edition["folder"] + end for end in ("/edition.json", "/tag.txt", "/site/"))
        files = {site + name: digest for name, digest in json.loads(text_of(pack, own))["files"].items()}
        for name in files.keys() | {name for name in sums if name.startswith(site)}:
            if files.get(name) != sums.get(name):
                yield name, "is not what the manifest of its edition says"
        vouched = re.search("^Manifest-SHA256: ([0-9a-f]{64})$", text_of(pack, tag), re.MULTILINE)
        if not vouched or vouched[1] != sums[own]:
            yield own, "is not the manifest that the tag of its edition vouches for"


def witness(pack: Any, edition: Any) -> list[str]:
    """Return how to check the timestamp of an edition, or what cannot be known without one."""
    name, folder = shown(edition["edition"]), shown(edition["folder"])
    if edition["folder"] + "/edition.tsr" not in pack.names:
        return [f"Edition {name} has no timestamp: whether all of it was written later cannot be known here."]
    return [
        f"Edition {name} has a timestamp of its manifest by an outside authority. To check it here:",
        f"  openssl ts -verify -data {folder}/edition.json -in {folder}/edition.tsr"
        f" -CAfile {folder}/edition.tsa.pem",
        "Get the authority's root certificate from the authority itself, and use it as the -CAfile, too.",
        f"To read the moment: openssl ts -reply -text -in {folder}/edition.tsr",
        "If a certificate has expired since, add -attime and that moment, in seconds since 1970.",
    ]


def shown(text: object) -> str:
    """Escape control characters, so that no name can forge a line or a command in a log."""
    return re.sub(STEERING, lambda match: match[0][:-1] + f"\\u{ord(match[0][-1]):04x}", str(text))


def report(pack: Any) -> tuple[int, list[str]]:
    """Return the exit status, and lines that name what differs or say that nothing does."""
    if MANIFEST not in pack.names:
        return 2, [f"It cannot be checked: {MANIFEST}, which lists the files of the pack, is missing."]
    manifest = json.loads(text_of(pack, MANIFEST))
    wrong = dict(differences(pack, manifest)) or dict(edition_differences(pack, manifest))
    lines = [f"{shown(name)}: {wrong[name]}" for name in sorted(wrong)]
    if wrong:
        return 1, [*lines, f"This pack is NOT as it was made. Files that differ: {len(wrong)}."]
    names = [shown(edition["edition"]) for edition in manifest["editions"]]
    return 0, [
        f"This pack is as it was made. All {len(pack.names)} files are there, unchanged; none was added.",
        *(f"Edition {name}: its pages are those that its manifest and its tag name." for name in names),
        *(line for edition in manifest["editions"] for line in witness(pack, edition)),
        f"SHA-256 of {MANIFEST}: {sum_of(pack, MANIFEST)}",
        "Ask whoever gave you this pack for this number in another way, and compare the two.",
    ]


def check(arguments: list[str]) -> tuple[int, list[str]]:
    """Check the folder of this script, or what is named; return the exit status and the lines to print."""
    if arguments in (["-h"], ["--help"]) or len(arguments) > 1:
        return 2 if len(arguments) > 1 else 0, [str(__doc__)]
    path = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    if not path.exists():
        return 2, [f"It cannot be checked: {shown(path)} does not exist."]
    try:
        return report(FolderPack(path) if path.is_dir() else ZipPack(path))
    except (*DAMAGED, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return 2, ["It cannot be checked: it is not an audit pack, or the list of its files is damaged."]


def main() -> int:
    """Print the result; return the exit status."""
    status, lines = check(sys.argv[1:])
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return status


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main())
