"""What differs between two texts, word by word."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import groupby
from typing import Final, TypeAlias

_WORDS: Final = re.compile(r"\w+(?:['’-]\w+)*\s*|[^\w\s]\s*|\s+")
# Comparing takes time with the product of the lengths: beyond this, a part is shown as replaced whole.
_MOST_PAIRS: Final = 4_000_000


class Mark(Enum):
    """What became of a piece of text. What is left out was kept, and is far from any change."""

    KEPT = "kept"
    INSERTED = "inserted"
    DELETED = "deleted"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text, and what became of it."""

    mark: Mark
    text: str


_Pair: TypeAlias = tuple[str, str]


def redline(before: str, after: str) -> list[Piece]:
    """Return the words that were kept, deleted and inserted, in order; a deletion stands first.

    What was kept and deleted makes up `before`, what was kept and inserted makes up `after`.
    """
    pairs = _joined(_word_pairs(before, after))
    return [piece for old, new in pairs for piece in _pieces(old, new)]


def shortened(pieces: Sequence[Piece], lines: int = 1) -> list[Piece]:
    """Leave out what was kept, but for some lines beside each change."""
    last = len(pieces) - 1
    found: list[Piece] = []
    for place, piece in enumerate(pieces):
        if piece.mark is Mark.KEPT:
            found += _ends(piece.text, lines if place else 0, lines if place < last else 0)
        else:
            found.append(piece)
    return found


def _ends(text: str, first: int, last: int) -> Iterator[Piece]:
    """Return the first and last whole lines of a kept text, and that there was more."""
    rows = text.splitlines(keepends=True)
    # The first row ends a line that changed, and the last begins one.
    first, last = first and first + 1, last and last + 1
    if len(rows) <= first + last + 1:
        yield Piece(Mark.KEPT, text)
        return
    middle = rows[first : len(rows) - last]
    for mark, part in (
        (Mark.KEPT, rows[:first]),
        (Mark.LEFT_OUT, middle),
        (Mark.KEPT, rows[first:][len(middle) :]),
    ):
        if part:
            yield Piece(mark, "".join(part))


def _pieces(old: str, new: str) -> Iterator[Piece]:
    if old == new:
        yield Piece(Mark.KEPT, old)
    else:
        yield from (Piece(mark, text) for mark, text in ((Mark.DELETED, old), (Mark.INSERTED, new)) if text)


def _word_pairs(before: str, after: str) -> Iterator[_Pair]:
    """Compare line by line first, which is fast, then the words of the lines that differ."""
    lines = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for old, new in _differences(*lines):
        if old == new or not old or not new:
            yield old, new
        else:
            yield from _differences(_WORDS.findall(old), _WORDS.findall(new))


def _differences(before: Sequence[str], after: Sequence[str]) -> Iterator[_Pair]:
    """Yield the parts of two sequences that are the same, and those that stand for each other."""
    start, end = _common(before, after)
    inner = before[start : len(before) - end], after[start : len(after) - end]
    yield "".join(before[:start]), "".join(after[:start])
    if len(inner[0]) * len(inner[1]) > _MOST_PAIRS:
        yield "".join(inner[0]), "".join(inner[1])
    else:
        for _, a, b, c, d in SequenceMatcher(None, *inner, autojunk=False).get_opcodes():
            yield "".join(inner[0][a:b]), "".join(inner[1][c:d])
    yield "".join(before[len(before) - end :]), "".join(after[len(after) - end :])


def _common(before: Sequence[str], after: Sequence[str]) -> tuple[int, int]:
    """Return how much is the same at the start, and at the end of the rest."""
    least = min(len(before), len(after))
    start = next((at for at in range(least) if before[at] != after[at]), least)
    rest = least - start
    return start, next((at for at in range(rest) if before[-1 - at] != after[-1 - at]), rest)


def _joined(pairs: Iterable[_Pair]) -> Iterator[_Pair]:
    """Join what stands side by side; a mark or a space alone between two changes is part of the change."""
    parts = [pair for pair in pairs if pair != ("", "")]
    changed = [old != new or _is_glue(parts, at) for at, (old, new) in enumerate(parts)]
    trimmed = [part for pair in _grouped(parts, changed) for part in _without_space(*pair)]
    return _grouped(trimmed, [old != new for old, new in trimmed])


def _grouped(parts: Sequence[_Pair], changed: Sequence[bool]) -> Iterator[_Pair]:
    for _, group in groupby(zip(changed, parts, strict=True), key=lambda one: one[0]):
        members = [pair for _, pair in group]
        yield "".join(old for old, _ in members), "".join(new for _, new in members)


def _without_space(old: str, new: str) -> Iterator[_Pair]:
    """Part what differs from the space after it, where that is the same."""
    shared, _ = _common(old[::-1], new[::-1])
    tail = old[len(old) - shared :]
    length = shared - len(tail.rstrip()) if old != new else 0
    yield old[: len(old) - length], new[: len(new) - length]
    if length:
        yield old[-length:], new[-length:]


def _is_glue(parts: Sequence[_Pair], at: int) -> bool:
    """Tell whether a kept part has no word and no line's end, and both its neighbors changed."""
    text = parts[at][0]
    if at == 0 or at == len(parts) - 1 or "\n" in text or any(map(str.isalnum, text)):
        return False
    return all(parts[beside][0] != parts[beside][1] for beside in (at - 1, at + 1))
