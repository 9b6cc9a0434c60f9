"""Marks of texts: the beginnings of their fingerprints, many of which fit on a line of front matter."""

from collections.abc import Iterable
from typing import Final

DIGITS: Final = 8
_SEPARATOR: Final = "-"
# The form of several marks. A page has at least two parts: its title with the description, and its text.
MARKS_FORM: Final = rf"[0-9a-f]{{{DIGITS}}}(?:{_SEPARATOR}[0-9a-f]{{{DIGITS}}})+"


def written_marks(marks: Iterable[str]) -> str:
    """Return marks as one text."""
    return _SEPARATOR.join(marks)


def read_marks(text: str) -> list[str]:
    """Return the marks in a text that `written_marks` made."""
    return text.split(_SEPARATOR)
