"""What a reader reads of a page's Markdown: everything but code, comments and expressions."""

import re
from collections.abc import Iterator
from typing import Final

# A page may hold nothing that these have to read again and again: what never ends goes to the end of the
# text, and `++` never gives back what it took.
_FENCED: Final = r"^[ ]*(?P<fence>`{3,}+|~{3,}+)[^\n]*\n.*?(?:^[ ]*(?P=fence)[`~]*[ ]*$|\Z)"
_COMMENT: Final = r"<!--.*?(?:-->|\Z)"
_CODE: Final = rf"{_FENCED}|{_COMMENT}|(?<!`)(?P<ticks>`++).*?(?<!`)(?P=ticks)(?!`)"
_CODE_ALONE: Final = re.compile(_CODE, re.MULTILINE | re.DOTALL)
_COMMENT_ALONE: Final = re.compile(_COMMENT, re.DOTALL)
_UNREAD: Final = re.compile(rf"{_CODE}|\{{[{{%#].*?(?:[%}}#]\}}|\Z)", re.MULTILINE | re.DOTALL)
_DESTINATION: Final = re.compile(
    r"(?<=\]\()[^()\s]*(?:\([^()\s]*\)[^()\s]*)*|^\[[^\]\n]+\]:\s*\S+", re.MULTILINE
)
_HEADING: Final = re.compile(r"^(?P<marks>#{1,6})[ \t]++(?P<text>.+)$", re.MULTILINE)
_ATTRIBUTES: Final = re.compile(r"\{[^{}]*\}$")
_NOT_NEWLINE: Final = re.compile(r"[^\n]")


def prose(text: str) -> str:
    """Return the text with code, comments and expressions blanked; every place stays where it was."""
    return _UNREAD.sub(_blank, text)


def without_code(text: str) -> str:
    """Return the text with code and comments blanked, and its expressions left."""
    return _CODE_ALONE.sub(_blank, text)


def without_destinations(text: str) -> str:
    """Return the text with the addresses of its links blanked."""
    return _DESTINATION.sub(_blank, text)


def headings(text: str, level: int) -> list[str]:
    """Return the headings of one level, such as 2 for `## Posting`."""
    found = _HEADING.finditer(prose(text))
    return [_without_attributes(match["text"]) for match in found if len(match["marks"]) == level]


def _without_attributes(heading: str) -> str:
    return _ATTRIBUTES.sub("", heading.rstrip(" \t")).rstrip(" \t#")


def empty_sections(text: str, level: int) -> Iterator[tuple[int, str]]:
    """Yield the offset and the heading of each section of one level in which nothing but comments stands."""
    found = [match for match in _HEADING.finditer(prose(text)) if len(match["marks"]) <= level]
    ends = [*(match.start() for match in found[1:]), len(text)]
    for match, end in zip(found, ends, strict=False):
        is_empty = not _COMMENT_ALONE.sub("", text[match.end() : end]).strip()
        if len(match["marks"]) == level and is_empty:
            yield match.start(), match["text"]


def _blank(match: re.Match[str]) -> str:
    return _NOT_NEWLINE.sub(" ", match.group())
