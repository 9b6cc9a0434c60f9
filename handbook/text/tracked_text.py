"""A text that was changed step by step, and still knows where each character came from."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Edit(NamedTuple):
    """A part of a text, from `start` to `stop`, and what is there instead."""

    start: int
    stop: int
    text: str


@dataclass(frozen=True, slots=True)
class TrackedText:
    """A text, and the text that it was made from, which may have been made from another.

    `pieces` are in the order of `text`: where each begins in `text`, and its part of the text before.
    """

    text: str
    before: "TrackedText | None" = None
    starts: Sequence[int] = ()
    pieces: Sequence[tuple[int, int]] = ()

    def offset(self, position: int) -> int:
        """Return the offset in the very first text of the character at `position`."""
        if self.before is None:
            return position
        index = max(bisect_right(self.starts, position) - 1, 0)
        start, stop = self.pieces[index]
        moved = start + position - self.starts[index]
        return self.before.offset(max(start, min(moved, stop - 1)))

    def edited(self, edits: Iterable[Edit], appended: Iterable[Edit] = ()) -> "TrackedText":
        """Return the text after some edits, with more at its end.

        The edits are in the order of the text, and one that begins inside another does not count. What is
        appended comes from the place that it names.
        """
        parts: list[str] = []
        starts: list[int] = []
        pieces: list[tuple[int, int]] = []
        end = length = 0

        def add(start: int, stop: int, text: str) -> None:
            nonlocal length
            parts.append(text)
            starts.append(length)
            pieces.append((start, stop))
            length += len(text)

        for edit in edits:
            if edit.start >= end:
                if edit.start > end:
                    add(end, edit.start, self.text[end : edit.start])
                add(*edit)
                end = edit.stop
        add(end, len(self.text), self.text[end:])
        for edit in appended:
            add(*edit)
        return TrackedText("".join(parts), self, starts, pieces)
