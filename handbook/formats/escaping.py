"""Keeps text that others wrote from steering a terminal."""

from handbook.text.quoting import one_line


def printable(text: str) -> str:
    """Return a text with its control characters shown as escapes, except the ends of its lines."""
    return "\n".join(map(one_line, text.split("\n")))
