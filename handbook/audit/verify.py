#!/usr/bin/env python3
"""Tells whether this audit pack is as it was made: nothing missing, nothing changed, nothing added.

    python3 verify.py                   checks the folder in which this file lies
    python3 verify.py audit-pack.zip    checks a zip, or another folder, without unpacking it

It needs Python 3.8 or later and nothing else. It reads, and never writes. Names in a manifest are only
compared with the names of files that are there: no file is opened because a manifest names it, and no
link is followed.

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
from collections.abc import Iterator  # noqa: TC003 - for people to read, in one place
from pathlib import Path
from typing import IO, Any

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
AT_ONCE = 1 << 20  # bytes
LARGEST_LIST = 1 << 28  # bytes: what is longer is no list of files of ours
DAMAGED = (OSError, EOFError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error)


class FolderPack:
    """A pack as a folder: `names` are its files with their sizes, `odd` what is no plain file."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.names: dict[str, int] = {}
        self.odd: dict[str, str] = {}
        for path in sorted(root.rglob("*")):
            name, facts = path.relative_to(root).as_posix(), path.lstat()
            if stat.S_ISREG(facts.st_mode):
                self.names[name] = facts.st_size
            elif not stat.S_ISDIR(facts.st_mode):
                self.odd[name] = "is a link or a device, and no file"

    def open(self, name: str) -> IO[bytes]:
        """Open a file that is there."""
        return (self.root / name).open("rb")


class ZipPack:
    """A pack as a zip that holds one folder. Nothing of it is unpacked."""

    def __init__(self, file: Path) -> None:
        self.zip = zipfile.ZipFile(file)
        self.names: dict[str, int] = {}
        self.odd: dict[str, str] = {}
        entries = [one for one in self.zip.infolist() if not one.is_dir()]
        tops = [one.filename[: -len(MANIFEST)] for one in entries if one.filename.endswith("/" + MANIFEST)]
        self.top = min(tops, key=len, default="")
        for one in entries:
            name = one.filename[len(self.top) :]
            if not one.filename.startswith(self.top):
                self.odd[one.filename] = "was added beside the folder of the pack"
            elif name in self.names:
                self.odd[name] = "is there twice"
            elif stat.S_IFMT(one.external_attr >> 16) not in (0, stat.S_IFREG):
                self.odd[name] = "is a link or a device, and no file"
            else:
                self.names[name] = one.file_size

    def open(self, name: str) -> IO[bytes]:
        """Open a file that is there."""
        return self.zip.open(self.top + name)


def sum_of(pack: Any, name: str) -> str | None:
    """Return the SHA-256 of a file; None where it is not there, or cannot be read to its end."""
    found = hashlib.sha256()
    try:
        with pack.open(name) as file:
            for block in iter(lambda: file.read(AT_ONCE), b""):
                found.update(block)
    except (*DAMAGED, KeyError):
        return None
    return found.hexdigest()


def text_of(pack: Any, name: str) -> str:
    """Return the text of a list of files; nothing where there is none that can be read."""
    if pack.names.get(name, LARGEST_LIST) >= LARGEST_LIST:
        return ""
    try:
        with pack.open(name) as file:
            return str(file.read(LARGEST_LIST), "utf-8", "replace")
    except DAMAGED:
        return ""


def differences(pack: Any, manifest: Any) -> Iterator[tuple[str, str]]:
    """Yield each file that is not as the manifest and the list of sums say, and what became of it."""
    promised = manifest["files"]
    for name in (set(promised) | set(pack.names)) - {MANIFEST, SUMS}:
        if name not in pack.names:
            yield name, "is missing"
        elif name not in promised:
            yield name, "was added"
        elif pack.names[name] != promised[name]["size"] or sum_of(pack, name) != promised[name]["sha256"]:
            yield name, "was changed"
    sums = {**{name: one["sha256"] for name, one in promised.items()}, MANIFEST: sum_of(pack, MANIFEST)}
    if SUMS not in pack.names:
        yield SUMS, "is missing"
    elif text_of(pack, SUMS) != "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)):
        yield SUMS, f"does not say the same as {MANIFEST}: one of the two was changed"
    yield from pack.odd.items()


def edition_differences(pack: Any, manifest: Any) -> Iterator[tuple[str, str]]:
    """Yield where the pages of an edition are not what its own manifest, and its tag, vouch for."""
    sums = {name: one["sha256"] for name, one in manifest["files"].items()}
    for edition in manifest["editions"]:
        own, tag, site = (edition["folder"] + end for end in ("/edition.json", "/tag.txt", "/site/"))
        files = {site + name: one for name, one in json.loads(text_of(pack, own))["files"].items()}
        for name in files.keys() | {name for name in sums if name.startswith(site)}:
            if files.get(name) != sums.get(name):
                yield name, "is not what the manifest of its edition says"
        vouched = re.search("^Manifest-SHA256: ([0-9a-f]{64})$", text_of(pack, tag), re.MULTILINE)
        if not vouched or vouched[1] != sums[own]:
            yield own, "is not the manifest that the tag of its edition vouches for"


def shown(text: object) -> str:
    """Show control characters as such: no name can forge a line."""
    return "".join(one if one.isprintable() else repr(one)[1:-1] for one in str(text))


def report(pack: Any) -> tuple[int, list[str]]:
    """Return the exit status, and what differs, or that nothing does."""
    if MANIFEST not in pack.names:
        return 2, [f"It cannot be checked: {MANIFEST} is missing, which says what belongs to the pack."]
    manifest = json.loads(text_of(pack, MANIFEST))
    found = dict(differences(pack, manifest)) or dict(edition_differences(pack, manifest))
    lines = [f"{shown(name)}: {found[name]}" for name in sorted(found)]
    if found:
        return 1, [*lines, f"This pack is NOT as it was made. Files that differ: {len(found)}."]
    names = [shown(edition["edition"]) for edition in manifest["editions"]]
    return 0, [
        f"This pack is as it was made. All {len(pack.names)} files are there, unchanged; none was added.",
        *(f"Edition {name}: its pages are those that its manifest and its tag name." for name in names),
        f"SHA-256 of {MANIFEST}: {sum_of(pack, MANIFEST)}",
        "Ask whoever gave you the pack for this number by another way, and compare.",
    ]


def check(arguments: list[str]) -> tuple[int, list[str]]:
    """Check the folder of this script, or what is named; return the exit status, and what to say."""
    if arguments in (["-h"], ["--help"]) or len(arguments) > 1:
        return 2 if len(arguments) > 1 else 0, [str(__doc__)]
    place = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    if not place.exists():
        return 2, [f"It cannot be checked: there is no {shown(place)}."]
    try:
        return report(FolderPack(place) if place.is_dir() else ZipPack(place))
    except (*DAMAGED, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return 2, ["It cannot be checked: it is no audit pack, or the list of its files is damaged."]


def main() -> int:
    """Print what was found; return the exit status."""
    status, lines = check(sys.argv[1:])
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return status


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main())
