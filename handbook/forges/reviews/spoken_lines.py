"""What the author of a comment says, without what the comment only quotes or shows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_FENCE: Final = re.compile(r" {0,3}(?P<marks>`{3,}|~{3,})(?P<rest>.*)")
_QUOTE: Final = re.compile(r" {0,3}>")
# What ends a quotation even without a blank line before it.
_NEW_BLOCK: Final = re.compile(r" {0,3}(?:#{1,6}\s|[-*+]\s|\d{1,9}[.)]\s)")
_OPEN, _CLOSE = "<!--", "-->"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a comment, by its number from 1."""

    number: int
    text: str


def spoken_lines(comment: str) -> Iterator[Line]:
    """Yield the lines of a comment outside of quotations, code fences, and HTML comments.

    A line that follows a quotation without a blank line belongs to it, as platforms show it.
    """
    fence, is_quoted, is_hidden = "", False, False
    for number, raw in enumerate(_lines(comment), 1):
        if fence:
            fence = "" if _closes(raw, fence) else fence
            continue
        text, is_hidden = _visible(raw, is_hidden=is_hidden)
        opening = _FENCE.match(text)
        if opening and not ("`" in opening["marks"] and "`" in opening["rest"]):
            fence, is_quoted = opening["marks"], False
            continue
        is_quoted = _is_quoted(text, is_quoted=is_quoted)
        yield Line(number, "" if is_quoted else text)


def code_lines(comment: str) -> Iterator[Line]:
    """Yield what is inside the code fences of a comment."""
    fence = ""
    for number, raw in enumerate(_lines(comment), 1):
        opening = None if fence else _FENCE.match(raw)
        if opening:
            fence = opening["marks"]
        elif fence and _closes(raw, fence):
            fence = ""
        elif fence:
            yield Line(number, raw)


def _lines(comment: str) -> list[str]:
    return comment.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _closes(line: str, fence: str) -> bool:
    text = line.strip()
    return len(text) >= len(fence) and not text.strip(fence[0])


def _is_quoted(text: str, *, is_quoted: bool) -> bool:
    if _QUOTE.match(text):
        return True
    return is_quoted and bool(text.strip()) and not _NEW_BLOCK.match(text)


def _visible(text: str, *, is_hidden: bool) -> tuple[str, bool]:
    """Return a line without HTML comments, and whether one goes on in the next line."""
    shown = ""
    while text:
        if is_hidden:
            _, end, text = text.partition(_CLOSE)
            is_hidden = not end
        else:
            before, start, text = text.partition(_OPEN)
            shown, is_hidden = shown + before, bool(start)
    return shown, is_hidden
