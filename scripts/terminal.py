"""Color for people at a terminal, but not for pipes."""

import os
import sys
from collections.abc import Mapping
from typing import Any, Final

import click

from handbook.check.reports.text import Paint, unpainted

_STYLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "path": {"bold": True},
    "code": {"bold": True},
    "error": {"fg": "red"},
    "warning": {"fg": "yellow"},
    "info": {"fg": "cyan"},
    "kept": {},
    "left_out": {"dim": True},
    "deleted": {"fg": "red", "strikethrough": True},
    "inserted": {"fg": "green", "underline": True},
}


def painter() -> Paint:
    """Return a function that colors texts if the output is a terminal that wants color.

    Source: no-color.org, for NO_COLOR.
    """
    refused = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return _paint if sys.stdout.isatty() and not refused else unpainted


def _paint(text: str, part: str) -> str:
    return click.style(text, **_STYLES[part])
