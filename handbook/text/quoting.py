"""Text that others wrote, quoted so that it can neither forge a line nor steer a terminal."""

import re
import shlex
from typing import Final

_SHORT: Final = 10
# Controls except tabs and line feeds, ends of lines that editors do not show, halves of characters, byte
# order marks, and marks that show letters in another order than they were written. Joiners, no-break spaces,
# variation selectors, and the marks that only give a direction (U+061C, U+200E, U+200F) are part of how
# people write.
STEERING: Final = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
)
_STEERS: Final = re.compile(f"[{STEERING}]")
_NOT_ON_A_LINE: Final = re.compile(f"[\t\n{STEERING}]")


# How a command of a CI service begins: `::error::…` on GitHub at the beginning of a line, and anywhere in it
# `##[…]`, on Azure DevOps `##vso[…]`, on TeamCity `##teamcity[…]`.
# Beside each command is what a text without it mostly lacks: to look for that takes a fifth of the time.
_COMMANDS: Final = (
    ("::", re.compile(r"^\s*:(?=:[A-Za-z])", re.MULTILINE)),
    ("##", re.compile(r"##(?=\w*\[)")),
)


def without_commands(text: str) -> str:
    """Return a text in which a CI service finds no command; JSON means the same as before."""
    for beginning, command in _COMMANDS:
        if beginning in text:
            text = command.sub(escaped_for_json, text)
    return text


def safe_json(line: str) -> str:
    """Return a line of JSON that means the same, and neither steers a terminal nor has a command.

    It begins with a bracket or a quote, so no command begins with it. Most lines need no second look.
    """
    if "##" in line:
        line = without_commands(line)
    return line if line.isprintable() else _STEERS.sub(escaped_for_json, line)


def escaped_for_json(match: re.Match[str]) -> str:
    """Return a match with its last character as an escape of JSON."""
    return f"{match[0][:-1]}\\u{ord(match[0][-1]):04x}"


def one_line(text: str) -> str:
    """Return a text as it was written, with its control characters shown as escapes."""
    return text if text.isprintable() else _NOT_ON_A_LINE.sub(_escaped, text)


def _escaped(character: re.Match[str]) -> str:
    return repr(character[0])[1:-1]


def short_commit(name: str) -> str:
    """Return the first characters of the name of a commit, or of another object of git."""
    return name[:_SHORT]


def in_shell(path: str) -> str:
    """Return a path as it is typed in a command: in quotes if a shell would read it otherwise."""
    return shlex.quote(one_line(path))
