"""How sentences quote what somebody wrote, shorten the names of commits, and count."""

from typing import Final

_SHORT: Final = 10


def one_line(text: str) -> str:
    """Show line breaks and other control characters as such: nothing quoted can forge a line."""
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)


def short_name(name: str) -> str:
    """Return the first characters of the name of a commit, or of another object of git."""
    return name[:_SHORT]


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, such as `1 page` and `2,000 pages`; the plural ends in `s`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
