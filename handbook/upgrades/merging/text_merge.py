"""Merges lines of text three ways with `git merge-file`.

git calls it a conflict if both sides changed lines that touch. Here, it is one only if both changed the same
line: what one side added before or after lines that the other one changed, is kept together with the change.
"""

import re
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from handbook.errors import HandbookError
from handbook.git.process import refusal, run_git
from handbook.upgrades.merging.merged_text import Fragment, MergedText

# git knows no other end of a line.
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
_SIDES: Final = ("ours", "base", "theirs")
# git ends with the number of conflicts, up to 127, and with 255 if it could not merge.
_MOST_CONFLICTS: Final = 127


def merge_lines(base: str, ours: str, theirs: str) -> MergedText:
    """Merge two texts that were made from a third one.

    Raises:
        HandbookError: if git refuses, for example because a text is not text.

    """
    if ours in (base, theirs):
        return MergedText(theirs)
    if theirs == base:
        return MergedText(ours)
    # Nobody can write the marks into a page beforehand, because nobody knows how long they are.
    size = 60 + secrets.randbelow(200)
    return MergedText.of(_fragments(_merged(base, ours, theirs, size), size))


def _merged(base: str, ours: str, theirs: str, size: int) -> str:
    with TemporaryDirectory(prefix="handbook-") as name:
        folder = Path(name)
        for side, text in zip(_SIDES, (ours, base, theirs), strict=True):
            (folder / side).write_bytes(text.encode())
        done = run_git(folder, "merge-file", "-p", "--diff3", f"--marker-size={size}", "--", *_SIDES)
    if not 0 <= done.returncode <= _MOST_CONFLICTS:
        raise HandbookError(refusal(done.stderr, "merge a text"))
    return done.stdout.decode()


def _fragments(merged: str, size: int) -> Iterator[Fragment]:
    """Read what git wrote: ours, base, and theirs, each below a line of marks."""
    begins, between, divides, ends = (mark * size for mark in "<|=>")
    sides: list[list[str]] = []
    for line in _LINE.findall(merged):
        if line.startswith(begins):
            sides = [[]]
        elif sides and line.startswith((between, divides)):
            sides.append([])
        elif sides and line.startswith(ends):
            yield from _decided(*sides)
            sides = []
        elif sides:
            sides[-1].append(line)
        else:
            yield Fragment(line)


def _decided(ours: Sequence[str], base: Sequence[str], theirs: Sequence[str]) -> Iterator[Fragment]:
    if both := _with_insertion(ours, base, theirs) or _with_insertion(theirs, base, ours):
        yield Fragment("".join(both))
        return
    if not len(ours) == len(base) == len(theirs):
        yield Fragment("".join(ours), "".join(theirs))
        return
    for own, before, new in zip(ours, base, theirs, strict=True):
        if own in (before, new):
            yield Fragment(new)
        elif new == before:
            yield Fragment(own)
        else:
            yield Fragment(own, new)


def _with_insertion(longer: Sequence[str], base: Sequence[str], changed: Sequence[str]) -> list[str] | None:
    """Return what one side changed, with what the other one only added before or after it."""
    before = len(longer) - len(base)
    if before <= 0:
        return None
    if list(longer[: len(base)]) == list(base):
        return [*changed, *longer[len(base) :]]
    if list(longer[before:]) == list(base):
        return [*longer[:before], *changed]
    return None
