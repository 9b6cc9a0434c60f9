"""Reads what git lists: commits, the files that each changed, and those of a folder."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from handbook.clock import time_of_commit
from handbook.git.log import SUBMODULE


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit and when it was made, in seconds since 1970."""

    name: str
    seconds: int


@dataclass(frozen=True, slots=True)
class TreeChange:
    """A commit and the files that it changed: mode and blob of each, or None if it deleted the file."""

    commit: Commit
    files: Mapping[str, tuple[str, str] | None]


def read_fields(parts: Iterable[bytes]) -> Iterator[Sequence[str]]:
    """Yield the fields of an answer, each ended by NUL, as soon as parts of it have come."""
    rest = b""
    for part in parts:
        # The end of a part may cut a character in two, but no character contains a NUL.
        whole, _, end = part.rpartition(b"\0")
        if len(end) < len(part):
            yield os.fsdecode(rest + whole).split("\0")
            rest = end
        else:
            rest += part
    yield [os.fsdecode(rest)]


def read_changed_files(raw: str) -> Iterator[tuple[str, str, str, str]]:
    """Read `git diff --raw -z`: status, blob before, path before, and path now."""
    fields = iter(raw.split("\0"))
    for head in fields:
        if not head:
            return
        (_, _, blob, _, status), before = head.split(), next(fields)
        path = next(fields) if status[0] in "RC" else before
        if status[0] == "C":
            before = path
        yield status, blob, before, path


def read_times_by_history(oldest_first: Iterable[str], until: int) -> Mapping[str, int]:
    """Read lines with the name of a commit, its time if it has one, and its parents."""
    times: dict[str, int] = {}
    for row in oldest_first:
        name, written, *parents = row.split(" ")
        own = int(written or 0)
        before = (times[parent] for parent in parents if parent in times)
        times[name] = max((own if own <= until else 0, *before))
    return times


def read_tree_changes(fields: Iterator[str]) -> Iterator[TreeChange]:
    """Read `git log --raw -z` with the name and the time of each commit; a path may look like either."""
    heads, rows = list[str](), list[dict[str, tuple[str, str] | None]]()
    for field in fields:
        facts = field.lstrip("\n")
        if facts[:1] == ":":
            _, mode, _, name, status = facts.split()
            rows[-1][next(fields)] = None if status == "D" else (mode, name)
        elif facts:
            heads.append(facts)
            rows.append({})
    for head, files in zip(heads, rows, strict=True):
        yield TreeChange(read_commit(head), files)


def read_commit(head: str) -> Commit:
    """Read the name and the time of a commit."""
    name, _, seconds = head.partition(" ")
    return Commit(name, time_of_commit(name, seconds))


def read_files(raw: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Read `git ls-tree -z`, without submodules, whose content is in another repository."""
    for row in raw.split("\0"):
        if row:
            facts, _, path = row.partition("\t")
            mode, _, name = facts.split()
            if mode != SUBMODULE:
                yield path, (mode, name)
