"""How sentences quote what somebody else wrote, and shorten the names of commits."""

from typing import Final

_SHORT: Final = 10


def one_line(text: str) -> str:
    """Return a text with its control characters shown as escapes, so that no quoted text forges a line."""
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)


def short_commit(name: str) -> str:
    """Return the first characters of the name of a commit, or of another object of git."""
    return name[:_SHORT]
