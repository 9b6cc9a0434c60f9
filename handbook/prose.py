"""What a reader reads of a page's Markdown: everything but code, comments and expressions."""

import re
from typing import Final

_FENCED: Final = r"^[ ]*(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^[ ]*(?P=fence)[`~]*[ ]*$|\Z)"
_UNREAD: Final = re.compile(
    rf"{_FENCED}|<!--.*?(?:-->|\Z)|(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|\{{[{{%#].*?[%}}#]\}}",
    re.MULTILINE | re.DOTALL,
)
_DESTINATION: Final = re.compile(
    r"(?<=\]\()[^()\s]*(?:\([^()\s]*\)[^()\s]*)*|^\[[^\]\n]+\]:\s*\S+", re.MULTILINE
)
_HEADING: Final = re.compile(
    r"^(?P<marks>#{1,6})[ \t]+(?P<text>.+?)[ \t#]*(?:\{[^{}\n]*\})?[ \t]*$", re.MULTILINE
)
_NOT_NEWLINE: Final = re.compile(r"[^\n]")


def prose(text: str) -> str:
    """Return the text with code, comments and expressions blanked; every place stays where it was."""
    return _UNREAD.sub(_blank, text)


def without_destinations(text: str) -> str:
    """Return the text with the addresses of its links blanked."""
    return _DESTINATION.sub(_blank, text)


def headings(text: str, level: int) -> list[str]:
    """Return the headings of one level, such as 2 for `## Posting`."""
    return [match["text"] for match in _HEADING.finditer(prose(text)) if len(match["marks"]) == level]


def _blank(match: re.Match[str]) -> str:
    return _NOT_NEWLINE.sub(" ", match.group())
