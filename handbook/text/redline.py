"""What differs between two texts, word by word."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from enum import Enum
from itertools import groupby, islice
from operator import itemgetter
from typing import Final, TypeAlias, cast

_WORDS: Final = re.compile(r"\w+(?:['’-]\w+)*\s*|[^\w\s]\s*|\s+")
# The time of a comparison grows with the product of both lengths. Beyond this, a part counts as replaced, and
# so do the lines that follow, once the words of all lines before have as many pairs.
_MOST_PAIRS: Final = 4_000_000


class Mark(Enum):
    """What a change did to a piece of text. A piece that is left out was kept, and is far from any change."""

    KEPT = "kept"
    INSERTED = "inserted"
    DELETED = "deleted"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text, and what a change did to it."""

    mark: Mark
    text: str


_Pair: TypeAlias = tuple[str, str]


def redline(before: str, after: str) -> list[Piece]:
    """Return the words that were kept, deleted, and inserted, in order; a deletion precedes an insertion.

    The kept and deleted pieces make up `before`; the kept and inserted pieces make up `after`.
    """
    start, end = _common_lines(before, after)
    return _compared(before, after, start, end, before[:start], before[len(before) - end :])


def short_redline(before: str, after: str, lines: int = 1) -> list[Piece]:
    """Return what `shortened` leaves of a redline, without the text that is left out.

    Most of a long page is far from the change, and is neither copied nor split into lines.
    """
    start, end = _common_lines(before, after)
    # Of these lines, the last ones or the first ones are shown, and one at least is left out.
    head = before[_start_of_last_lines(before, start, lines + 3) : start]
    tail = before[len(before) - end : _end_of_first_lines(before, len(before) - end, lines + 3)]
    pieces = shortened(_compared(before, after, start, end, head, tail), lines)
    return [Piece(piece.mark, "") if piece.mark is Mark.LEFT_OUT else piece for piece in pieces]


def _compared(before: str, after: str, start: int, end: int, head: str, tail: str) -> list[Piece]:
    """Return the redline of what differs, between `head` and `tail`, parts of what both texts have."""
    changed = _word_pairs(before[start : len(before) - end], after[start : len(after) - end])
    return [piece for pair in _joined([(head, head), *changed, (tail, tail)]) for piece in _pieces(*pair)]


def _start_of_last_lines(text: str, end: int, lines: int) -> int:
    """Return where the last `lines` lines before `end` begin."""
    start = end
    for _ in range(lines):
        start = text.rfind("\n", 0, max(start - 1, 0)) + 1
    return start


def _end_of_first_lines(text: str, start: int, lines: int) -> int:
    """Return where the first `lines` lines from `start` on end."""
    for _ in range(lines):
        start = text.find("\n", start) + 1 or len(text)
    return start


def shortened(pieces: Sequence[Piece], lines: int = 1) -> list[Piece]:
    """Leave out the kept text, except some lines before and after each change."""
    last = len(pieces) - 1
    shown: list[Piece] = []
    for position, piece in enumerate(pieces):
        if piece.mark is Mark.KEPT:
            shown += _ends(piece.text, lines if position else 0, lines if position < last else 0)
        else:
            shown.append(piece)
    return shown


def _ends(text: str, first: int, last: int) -> Iterator[Piece]:
    """Yield the first and last whole lines of a kept text, and what is left out between them."""
    rows = text.splitlines(keepends=True)
    # The first row is the end of a line that changed, and the last row is the beginning of one.
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
    """Compare line by line first, which is fast, and then the words of the lines that differ."""
    lines = before.splitlines(keepends=True), after.splitlines(keepends=True)
    left = _MOST_PAIRS
    for old, new in _differences(*lines):
        if old == new or not old or not new:
            yield old, new
            continue
        words = _WORDS.findall(old), _WORDS.findall(new)
        left -= _pairs(*words)
        yield from _differences(*words) if left >= 0 else [(old, new)]


def _pairs(before: Sequence[str], after: Sequence[str]) -> int:
    """Return how many pairs of words have to be compared."""
    same = sum(_common(before, after))
    return (len(before) - same) * (len(after) - same)


def _differences(before: Sequence[str], after: Sequence[str]) -> Iterator[_Pair]:
    """Yield the parts of two sequences that are equal, and those that replace each other."""
    start, end = _common(before, after)
    inner = before[start : len(before) - end], after[start : len(after) - end]
    same = "".join(before[:start])
    yield same, same
    pairs = len(inner[0]) * len(inner[1])
    if pairs == 0 or pairs > _MOST_PAIRS or len(inner[0]) + len(inner[1]) > sys.maxunicode:
        yield "".join(inner[0]), "".join(inner[1])
    else:
        for _, a, b, c, d in LetterMatcher(None, *_lettered(*inner), autojunk=False).get_opcodes():
            yield "".join(inner[0][a:b]), "".join(inner[1][c:d])
    same = "".join(before[len(before) - end :])
    yield same, same


class LetterMatcher(SequenceMatcher[str]):
    """Finds the blocks that SequenceMatcher finds, in strings with a letter for each word, and without junk.

    To search a string takes C, and to look for words one by one takes Python several times as long.
    """

    a: str
    b: str

    def set_seq2(self, b: Sequence[str]) -> None:
        """Keep the second string. An index of its letters takes a tenth of a redline; nothing asks for it."""
        self.b = cast("str", b)
        self.matching_blocks = self.opcodes = None

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        """Return the longest block, and among the longest the first of `a`, at its first place in `b`."""
        before, after = self.a[alo:ahi], self.b[blo:bhi]
        start = size = index = 0
        while index + size < len(before):
            if before[index : index + size + 1] in after:
                start, size = index, _size_of_block(before, index, after, size + 1)
            index += 1
        return Match(alo + start, blo + after.find(before[start : start + size]), size)


def _size_of_block(before: str, start: int, after: str, size: int) -> int:
    """Return how many letters from `start` on are together in `after`, where the first `size` are.

    A long block is found in steps that double, and then halve.
    """
    step = 1
    while start + size + step <= len(before) and before[start : start + size + step] in after:
        size, step = size + step, step * 2
    while step := step // 2:
        if start + size + step <= len(before) and before[start : start + size + step] in after:
            size += step
    return size


def _lettered(before: Sequence[str], after: Sequence[str]) -> tuple[str, str]:
    """Return two sequences of words as strings, in which the same letter is the same word."""
    letters = {word: chr(number) for number, word in enumerate(dict.fromkeys([*before, *after]))}
    return "".join(map(letters.__getitem__, before)), "".join(map(letters.__getitem__, after))


def _common_lines(before: str, after: str) -> tuple[int, int]:
    """Return how many characters the whole lines have that both texts begin with, and that both end with.

    Most of a long page is the same before and after a change, and need not be split into lines and words.
    """
    last, new_last, shorter = len(before), len(after), min(len(before), len(after))
    start = _longest(shorter, lambda low, high: before[low:high] == after[low:high])
    start = before.rfind("\n", 0, start) + 1
    end = _longest(
        shorter - start,
        lambda low, high: before[last - high : last - low] == after[new_last - high : new_last - low],
    )
    line_end = before.find("\n", last - end)
    return start, 0 if line_end < 0 else last - line_end - 1


def _longest(length: int, is_same: Callable[[int, int], bool]) -> int:
    """Return up to where two texts are the same, by halving: long slices are compared faster than characters.

    `is_same` compares the characters between two positions.
    """
    low, high = 0, length
    while low < high:
        middle = (low + high + 1) // 2
        if is_same(low, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _common(before: Sequence[str], after: Sequence[str]) -> tuple[int, int]:
    """Return how many items are the same at the start, and at the end of the rest."""
    least = min(len(before), len(after))
    start = _first_difference(zip(before, after, strict=False), least)
    return start, _first_difference(zip(reversed(before), reversed(after), strict=False), least - start)


def _first_difference(pairs: Iterable[tuple[str, str]], most: int) -> int:
    return next((index for index, (old, new) in enumerate(islice(pairs, most)) if old != new), most)


def _joined(pairs: Iterable[_Pair]) -> Iterator[_Pair]:
    """Join adjacent pairs; nothing but a mark or a space between two changes is part of the change."""
    parts = [pair for pair in pairs if pair != ("", "")]
    changed = [old != new or _is_glue(parts, index) for index, (old, new) in enumerate(parts)]
    trimmed = [part for pair in _grouped(parts, changed) for part in _without_space(*pair)]
    return _grouped(trimmed, [old != new for old, new in trimmed])


def _grouped(parts: Sequence[_Pair], changed: Sequence[bool]) -> Iterator[_Pair]:
    for _, group in groupby(zip(changed, parts, strict=True), key=itemgetter(0)):
        members = [pair for _, pair in group]
        yield "".join(old for old, _ in members), "".join(new for _, new in members)


def _without_space(old: str, new: str) -> Iterator[_Pair]:
    """Separate a change from the space after it, if that is the same before and after."""
    if old == new:
        yield old, new
        return
    space, new_space = (text[len(text.rstrip()) :][::-1] for text in (old, new))
    length = _common(space, new_space)[0]
    yield old[: len(old) - length], new[: len(new) - length]
    if length:
        yield old[-length:], new[-length:]


def _is_glue(parts: Sequence[_Pair], index: int) -> bool:
    """Whether a kept part has no word and no end of a line, and both its neighbors changed."""
    text = parts[index][0]
    if index == 0 or index == len(parts) - 1 or "\n" in text or any(map(str.isalnum, text)):
        return False
    return all(old != new for old, new in (parts[index - 1], parts[index + 1]))
