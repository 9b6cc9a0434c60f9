"""Keeps text that others wrote from steering a terminal, or from being read as Markdown."""

import re
from typing import Final

from handbook.text.quoting import one_line

_MARKUP: Final = re.compile(r"[\\`*_{}\[\]()<>#+!|~&@-]")


def printable(text: str) -> str:
    """Return a text with its control characters shown as escapes, except the ends of its lines."""
    return "\n".join(map(one_line, text.split("\n")))


def in_markdown(text: str) -> str:
    """Escape a text so that Markdown shows it as it is, without links and mentions."""
    return _MARKUP.sub(lambda match: f"\\{match[0]}", one_line(text))
