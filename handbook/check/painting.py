"""How a report asks for color, which only a terminal has."""

from collections.abc import Callable
from typing import TypeAlias

# Takes a text and its kind (`path`, `code`, or a severity), and returns it as a terminal shows it.
Paint: TypeAlias = Callable[[str, str], str]


def unpainted(text: str, part: str) -> str:
    """Return the text unchanged, for pipes and files."""
    return text
