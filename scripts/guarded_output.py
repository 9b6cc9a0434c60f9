"""Keeps text that others wrote from steering the terminal or the log of a CI service that shows it.

What a job prints is searched for commands, and a title, the name of a file, or the subject of a commit could
be one. GitLab obeys `section_start:…` before a carriage return, which is not printed, either. The escapes are
those of JSON, so that JSON means the same as before.
"""

import io
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final, TextIO

import click

from handbook.text.quoting import STEERING, escaped_for_json, without_commands

# Without an exception, a text is searched several times as fast.
_STEERING: Final = re.compile(f"[{STEERING}]")
_STEERING_AMONG_CRLF: Final = re.compile(rf"(?!\r\n)[{STEERING}]")
# What click makes of styles, and what clears a line.
_STEERING_AT_TERMINAL: Final = re.compile(
    rf"(?P<own>\x1b\[[0-9;]*[mK]|\r(?=\x1b\[K))|{_STEERING_AMONG_CRLF.pattern}"
)


class GuardedText(io.TextIOWrapper):
    """A text stream that shows what would steer its reader, or what it cannot encode, as escapes.

    `raw` is the stream below it.
    """

    def __init__(self, raw: TextIO) -> None:
        lines = bool(getattr(raw, "line_buffering", False))
        super().__init__(raw.buffer, raw.encoding, "backslashreplace", line_buffering=lines)
        self.raw = raw

    def write(self, text: str) -> int:
        """Write a text; its parts are escaped on their own, so that a part counts as a line."""
        shown = without_commands(text)
        super().write(self._steering_in(shown).sub(_escaped, shown))
        return len(text)

    def _steering_in(self, text: str) -> re.Pattern[str]:
        if self.raw.isatty():
            return _STEERING_AT_TERMINAL
        return _STEERING_AMONG_CRLF if "\r" in text else _STEERING


def _escaped(match: re.Match[str]) -> str:
    return match[0] if match.groupdict().get("own") else escaped_for_json(match)


@contextmanager
def guarded_output() -> Iterator[None]:
    """Guard what is printed on both outputs. A stream without bytes below it stays as it is."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = map(_guarded, before)
    try:
        yield
    finally:
        guarded, (sys.stdout, sys.stderr) = (sys.stdout, sys.stderr), before
        for stream in guarded:
            if isinstance(stream, GuardedText) and not stream.closed:
                stream.detach()


def _guarded(stream: TextIO) -> TextIO:
    return GuardedText(stream) if hasattr(stream, "buffer") else stream


def unguarded_output() -> TextIO:
    """Return the standard output for text whose own lines are commands, and which escapes everything else."""
    return sys.stdout.raw if isinstance(sys.stdout, GuardedText) else sys.stdout


def print_safe(parts: Sequence[bytes | memoryview]) -> None:
    """Print the parts of a text in UTF-8 that steers nobody as it is, such as JSON of `safe_json`.

    To guard a long one again takes as long as everything else that reads it from a file.
    """
    stream = sys.stdout
    if not hasattr(stream, "buffer") or stream.encoding.lower() != "utf-8" or os.linesep != "\n":
        click.echo(b"".join(parts).decode(), nl=False)
        return
    stream.flush()
    for part in parts:
        stream.buffer.write(part)
    stream.flush()
