"""Color and progress for people at a terminal, but not for pipes."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import click

from handbook.check.painting import Paint, unpainted

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
# Clears the line that the cursor is on.
_ERASED: Final = "\r\x1b[K"


def painter() -> Paint:
    """Return a function that colors texts if the output is a terminal that wants color.

    Source: no-color.org, for NO_COLOR.
    """
    refused = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return _paint if sys.stdout.isatty() and not refused else unpainted


def _paint(text: str, part: str) -> str:
    return click.style(text, **_STYLES[part])


@contextmanager
def progress(work: str) -> Iterator[None]:
    """Show at a terminal what is being done, and erase that when it is done."""
    shown = sys.stderr.isatty()
    if shown:
        click.echo(f"{work} ...", err=True, nl=False)
    try:
        yield
    finally:
        if shown:
            click.echo(_ERASED, err=True, nl=False)


def remark(sentence: str) -> None:
    """Print a sentence on the error output, in place of the progress that a terminal shows."""
    click.echo(f"{_ERASED if sys.stderr.isatty() else ''}{sentence}", err=True)
