"""Finds code and comments in Markdown, as Python-Markdown and SuperFences read it.

Each function reads a text once, whatever is in it.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

# The offsets at which a part of a text begins and ends.
Span: TypeAlias = tuple[int, int]

_TAB: Final = 4
_PREFIX: Final = re.compile(r"[> \t]*")
_OPENING: Final = re.compile(
    r"(?P<fence>`{3,}|~{3,})(?:[ \t]*[.\w#+-]+)?"
    r"""(?:[ \t]*\{[^\n]*\}|(?:[ \t]+[a-zA-Z]\w*=["'][^\n]*["'])?)[ \t]*"""
)
_MARK: Final = re.compile(r"<!--|`+")
_ITEM: Final = re.compile(r"[> \t]*(?:[-*+]|\d+\.)[ \t]")
_SINGLE_LINE: Final = re.compile(r"[> \t]*(?:#{1,6}[^#]|(?:!!!|\?\?\?\+?)[ \t])")
_RULER: Final = re.compile(r"[> \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t:|-]*+)?")


def fences(text: str) -> Iterator[Span]:
    """Yield the blocks of code between fences. A fence that nothing closes is text.

    A line closes the code only if it begins as far to the right as the fence that opens it.
    """
    fence, prefix, start = "", 0, 0
    for offset, line in _lines(text) if "```" in text or "~~~" in text else ():
        end_of_prefix = _end_of_prefix(line)
        indent = len(line[:end_of_prefix].expandtabs(_TAB))
        content = line[end_of_prefix:].rstrip(" \t")
        if not fence:
            opening = _OPENING.fullmatch(content)
            fence, prefix, start = (opening["fence"], indent, offset) if opening else ("", 0, 0)
        elif content == fence and indent == prefix:
            yield start, offset + len(line)
            fence = ""
        elif content and indent < prefix:
            fence = ""


def comments_and_ticks(text: str) -> Iterator[Span]:
    """Yield the comments, and the code between backticks. What nothing closes is text."""
    marks = list(_MARK.finditer(text))
    blocks = list(_blocks(text)) if marks else []
    closing: dict[int, list[int]] = defaultdict(list)
    for mark in marks:
        if mark[0] != "<!--":
            closing[len(mark[0])].append(mark.start())
    last_comment, end = text.rfind("-->"), 0
    for mark in marks:
        if mark.start() < end:
            continue
        if mark[0] == "<!--":
            closed = text.find("-->", mark.end()) + 3 if mark.end() <= last_comment else None
        else:
            closed = _end_of_code(text, mark, closing, blocks)
        if closed:
            yield mark.start(), closed
            end = closed


def _end_of_code(
    text: str, mark: re.Match[str], closing: dict[int, list[int]], blocks: Sequence[int]
) -> int | None:
    """Return the end of the code that a run of backticks begins: as many more of them, in the same block."""
    escaped = _backslashes_before(text, mark.start()) % 2
    index = bisect_left(blocks, mark.end())
    border = blocks[index] if index < len(blocks) else len(text)
    for size in range(len(mark[0]) - escaped, 0, -1):
        starts = closing.get(size, [])
        following = bisect_left(starts, mark.end())
        if following < len(starts) and starts[following] < border:
            return starts[following] + size
    return None


def _backslashes_before(text: str, end: int) -> int:
    start = end
    while start and text[start - 1] == "\\":
        start -= 1
    return end - start


def _blocks(text: str) -> Iterator[int]:
    """Yield where a block begins that code does not extend into: a paragraph, an item, the row of a table."""
    lines = list(_lines(text))
    in_list = in_table = False
    for number, (offset, line) in enumerate(lines):
        before = lines[number - 1][1] if number else ""
        after = lines[number + 1][1] if number + 1 < len(lines) else ""
        if not before.strip("> \t"):
            in_list = bool(_ITEM.match(line))
            in_table = "|" in line and "-" in after and bool(_RULER.fullmatch(after))
        is_new = not line.strip("> \t") or not before.strip("> \t") or in_table
        is_new = is_new or (in_list and bool(_ITEM.match(line)))
        is_new = is_new or bool(_SINGLE_LINE.match(line)) or bool(_SINGLE_LINE.match(before))
        if is_new or (line.lstrip().startswith(">") and not before.lstrip().startswith(">")):
            yield offset


def _lines(text: str) -> Iterator[tuple[int, str]]:
    offset = 0
    for line in text.split("\n"):
        yield offset, line
        offset += len(line) + 1


def _end_of_prefix(line: str) -> int:
    prefix = _PREFIX.match(line)
    return prefix.end() if prefix else 0
