"""What Markdown reads together in a text: its paragraphs, rows of tables, and items of lists."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from handbook.text.markdown.code import Span, fences

MARKDOWN_TAG: Final = re.compile(r"\bmarkdown\s{0,9}(?:=|/?>|[\w-]{1,30}\s{0,9}=)", re.IGNORECASE)
_ITEM: Final = re.compile(r"(?P<indent> *)(?:[-*+]|\d+\.) +\S")
# The whole content of such an element is one paragraph, whatever empty lines it has.
_SPAN_TAG: Final = re.compile(
    r"<(?:address|dd|dt|h[1-6]|legend|li|p|summary|td|th)\s|\bmarkdown\s{0,9}=\s{0,9}[\"']?span",
    re.IGNORECASE,
)
_FENCE_PREFIX: Final = re.compile(r"[> \t]*")


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines that Markdown reads together; `start` is the number of the first."""

    start: int
    lines: Sequence[str]

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)


class MarkdownText:
    """A text as Markdown reads it, without its blocks of code."""

    def __init__(self, text: str) -> None:
        self.original = text = _as_markdown_reads(text)
        self.code = list(fences(text))
        self.text = _without(text, filter(lambda span: _is_set_aside(text, span), self.code)).expandtabs(4)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, without their ends."""
        return self.text.split("\n")

    @cached_property
    def paragraphs(self) -> list[Lines]:
        """The runs of lines without an empty line in them."""
        return list(_paragraphs(self.lines))

    @cached_property
    def scopes(self) -> list[Lines]:
        """The lines that a bracket or another mark may read on to."""
        if MARKDOWN_TAG.search(self.text) and _SPAN_TAG.search(self.text):
            return [Lines(0, self.lines)]
        return [scope for paragraph in self.paragraphs for scope in _scopes(paragraph)]


def _as_markdown_reads(text: str) -> str:
    """Return a text with LF line ends, and without the two control characters that Markdown takes out."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x02", "").replace("\x03", "")


def _is_set_aside(text: str, span: Span) -> bool:
    """Tell whether every line of a block of code has the indent of its fence, so that it surely is one."""
    lines = text[slice(*span)].split("\n")
    prefix = _FENCE_PREFIX.match(lines[0])
    return all(line.startswith(prefix.group() if prefix else "") or not line.strip(" \t") for line in lines)


def _without(text: str, spans: Iterator[Span]) -> str:
    """Return the text with a word on each line of some spans, so that they still are part of a paragraph."""
    parts, end = [], 0
    for start, stop in spans:
        parts += [text[end:start], "\n".join("x" * (text.count("\n", start, stop) + 1))]
        end = stop
    return "".join([*parts, text[end:]])


def _paragraphs(lines: Sequence[str]) -> Iterator[Lines]:
    start = 0
    for number, line in enumerate((*lines, "")):
        if not line.strip(" "):  # Markdown takes a line with any other space for text.
            if start < number:
                yield Lines(start, lines[start:number])
            start = number + 1


def _scopes(paragraph: Lines) -> Iterator[Lines]:
    """Cut a paragraph into the rows of a table or the items of a list."""
    start = 0
    for number in _starts(paragraph.lines):
        if number:
            yield Lines(paragraph.start + start, paragraph.lines[start:number])
        start = number
    yield Lines(paragraph.start + start, paragraph.lines[start:])


def _starts(lines: Sequence[str]) -> Iterator[int]:
    if _is_table(lines):
        yield from range(len(lines))
        return
    item = _ITEM.match(lines[0])
    for number, line in enumerate(lines) if item else ():
        following = _ITEM.match(line)
        # An item that is indented further than that is text of the one before.
        if item and following and len(following["indent"]) <= len(item["indent"]) + 7:
            item = following
            yield number


def _is_table(lines: Sequence[str]) -> bool:
    """Tell whether lines surely are a table: its first two have the same number of cells."""
    head, ruler = (line.strip(" ") for line in (*lines[:2], "", "")[:2])
    return (
        is_ruler(ruler)
        and not set("\\`").intersection(head)
        and head.count("|") == ruler.count("|")
        and (head[0], head[-1]).count("|") == (ruler[0], ruler[-1]).count("|")
        and head.startswith("|") == ruler.startswith("|")
    )


def is_ruler(line: str) -> bool:
    """Tell whether a line can be the one below the head of a table."""
    return "|" in line and "-" in line and not line.strip("|:- ")
