"""A macro as a page sees it: a function, and the two ways in which it declines."""

from collections.abc import Callable
from typing import TypeAlias

from handbook.errors import HandbookError

Macro: TypeAlias = Callable[..., object]


class MacroError(HandbookError):
    """A macro was asked for something that does not exist; the message says what to write instead."""


class NeedsPage(MacroError):
    """A macro describes the page that calls it, and there is no page."""
