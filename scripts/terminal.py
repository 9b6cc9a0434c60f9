"""What people at a terminal see and a pipe does not get: color."""

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
}


def painter() -> Paint:
    """Return what paints texts where somebody looks and wants color, and leaves them alone elsewhere.

    Source: no-color.org, for NO_COLOR.
    """
    refused = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return _paint if sys.stdout.isatty() and not refused else unpainted


def _paint(text: str, part: str) -> str:
    return click.style(text, **_STYLES[part])
