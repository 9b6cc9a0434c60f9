"""Finds what a reader reads in Markdown: everything but code, comments and expressions."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from handbook.text.markdown.code import Span, comments_and_ticks, fences

_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
# An expression that never ends extends to the end of the text, so that no page is read again and again.
EXPRESSION: Final = re.compile(
    r"\{%[-+]?\s*+raw\s*+[-+]?%\}(?P<raw>.*?)(?:\{%[-+]?\s*+endraw\s*+[-+]?%\}|\Z)|\{(?P<kind>[{%#]).*?(?:[%}#]\}|\Z)",
    re.DOTALL,
)
QUOTED: Final = re.compile(r"""(?P<quote>["'])(?:[^\\]|\\.)*?(?P=quote)""", re.DOTALL)
_DESTINATION: Final = re.compile(
    r"(?<=\]\()[^()\s]*(?:\([^()\s]*\)[^()\s]*)*|^\[(?!\^)[^\]\n]+\]:\s*\S+", re.MULTILINE
)
_HEADING: Final = re.compile(r"^(?P<marks>#{1,6})[ \t]++(?P<text>.+)$", re.MULTILINE)
_ATTRIBUTES: Final = re.compile(r"\{[^{}]*\}$")
_NOT_NEWLINE: Final = re.compile(r"[^\n]")


def prose(text: str) -> str:
    """Return the text with code, comments and expressions blanked, so that every offset stays the same."""
    return _blanked(EXPRESSION.sub(_blank_expression, text), code_in(text))


def without_code(text: str) -> str:
    """Return the text with code and comments blanked, but keep its expressions."""
    return _blanked(text, code_in(text))


def layout(text: str) -> str:
    """Return the text with blocks of code and comments blanked, and `x` for inline code and expressions."""
    rendered = EXPRESSION.sub(_stand_in, text)
    without_fences = _blanked(rendered, fences(rendered))
    spans = list(comments_and_ticks(without_fences))
    comments = {span for span in spans if without_fences.startswith("<!--", span[0])}
    return _blanked(_blanked(without_fences, comments), (span for span in spans if span not in comments), "x")


def code_in(text: str) -> list[Span]:
    """Return the spans of code and comments. Expressions are rendered first, so no mark in one counts."""
    if "`" not in text and "~~~" not in text and "<!--" not in text:
        return []
    rendered = EXPRESSION.sub(_stand_in, text)
    fenced = list(fences(rendered))
    return [*fenced, *comments_and_ticks(_blanked(rendered, fenced))]


def _blanked(text: str, spans: Iterable[Span], fill: str = " ") -> str:
    parts, end = [], 0
    for start, stop in sorted(spans):
        parts += [text[end:start], _NOT_NEWLINE.sub(fill, text[start:stop])]
        end = stop
    return "".join([*parts, text[end:]])


def without_destinations(text: str) -> str:
    """Return the text with the addresses of its links blanked."""
    return _DESTINATION.sub(_blank, text)


def without_link_addresses(text: str) -> str:
    """Return the text without the addresses of its links, which leaves other offsets."""
    return _DESTINATION.sub("", text)


def calls(text: str, names: Collection[str]) -> Iterator[tuple[int, str]]:
    """Yield the offset and the name of each call of one of these macros in the expressions of a text."""
    called = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?=\s*\()")
    for expression in EXPRESSION.finditer(text):
        if expression["raw"] is None and expression["kind"] != "#":
            for call in called.finditer(QUOTED.sub(_blank, expression.group())):
                yield expression.start() + call.start(), call.group()


def headings(text: str, level: int) -> list[tuple[int, str]]:
    """Return the offset and the text of each heading of one level, such as 2 for `## Posting`."""
    return [
        (match.start(), _without_attributes(match["text"]))
        for match in _HEADING.finditer(prose(text))
        if len(match["marks"]) == level
    ]


def section_starts(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and the heading of each section of a page, whatever its level below the title."""
    for match in _HEADING.finditer(prose(text)):
        if len(match["marks"]) > 1:
            yield match.start(), _without_attributes(match["text"])


def _without_attributes(heading: str) -> str:
    return _ATTRIBUTES.sub("", heading.rstrip(" \t")).rstrip(" \t#")


def empty_sections(text: str, level: int) -> Iterator[tuple[int, str]]:
    """Yield the offset and the heading of each section of one level that holds nothing but comments."""
    matches = [match for match in _HEADING.finditer(prose(text)) if len(match["marks"]) <= level]
    ends = [*(match.start() for match in matches[1:]), len(text)]
    for match, end in zip(matches, ends, strict=False):
        is_empty = not _COMMENT.sub("", text[match.end() : end]).strip()
        if len(match["marks"]) == level and is_empty:
            yield match.start(), match["text"]


def _blank(match: re.Match[str]) -> str:
    return _NOT_NEWLINE.sub(" ", match.group())


def _blank_expression(match: re.Match[str]) -> str:
    """Blank an expression, but keep the text between raw and endraw."""
    if match["raw"] is None:
        return _blank(match)
    start, stop = (offset - match.start() for offset in match.span("raw"))
    return _blanked(match.group(), [(0, start), (stop, len(match.group()))])


def _stand_in(match: re.Match[str]) -> str:
    """Return what Markdown sees in place of an expression: a word if it shows something, otherwise spaces."""
    if match["kind"] != "{":
        return _blank_expression(match)
    return _NOT_NEWLINE.sub("x", match.group())
