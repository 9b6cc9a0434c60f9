"""Finds registers that are not read because their files have the wrong name."""

import re
from collections.abc import Collection, Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import PurePosixPath
from typing import Final

from handbook.errors import HandbookError
from handbook.files.tree import FileTree
from handbook.findings import Location
from handbook.registers.validation_messages import located_line

_FOLDERS: Final = ("registers", "sample/registers")
_ENDING: Final = re.compile(r"(?:\.ya?ml)?(?:\.(?:txt|bak|old|orig)|~)?", re.IGNORECASE)
# What systems add to the name of a copy.
_COPY: Final = re.compile(r"(?:[\W_]+(?:copy|copie)|\s*\(\d+\))+", re.IGNORECASE)
# Names that are less alike than this are not misspellings of each other.
_LEAST_ALIKE: Final = 0.85


def refuse_misnamed_registers(tree: FileTree, known: Iterable[str]) -> None:
    """Refuse files that nearly have the name of a register; `known` are the paths of registers.

    A file beside the register itself, such as a copy of it, is left alone.

    Raises:
        HandbookError: with one line for each file.

    """
    stems = [PurePosixPath(path).stem for path in known]
    lines = [line for folder in _FOLDERS for line in _lines(folder, tree.names(folder), stems)]
    if lines:
        raise HandbookError("\n".join(lines))


def _lines(folder: str, names: Collection[str], known: Collection[str]) -> Iterator[str]:
    lacking = {stem for stem in known if f"{stem}.yml" not in names}
    for name in sorted({*names} - {f"{stem}.yml" for stem in known}):
        stem, dot, ending = name.partition(".")
        meant = _meant(stem, lacking) if _ENDING.fullmatch(f"{dot}{ending}") else None
        if meant:
            message = f"a file with this name is not read; rename it to {meant}.yml"
            yield located_line(f"{folder}/{name}", Location(1, 1), message)


def _meant(stem: str, lacking: Iterable[str]) -> str | None:
    """Return the register that is meant, of those whose files are not there."""
    written = re.sub(r"[\W_]+", "_", _COPY.sub("", stem)).strip("_").lower()
    alike = {name: SequenceMatcher(None, written, name).ratio() for name in lacking}
    closest = max(alike, key=alike.__getitem__, default=None)
    return closest if closest and alike[closest] >= _LEAST_ALIKE else None
