"""Names the command as people have to type it, so that they can copy it from a message."""

import os
import re
import shutil
import sys
from pathlib import Path
from typing import Final

NAME: Final = "handbook"
# The commands of scripts/cli.py; a test compares the two.
_SUBCOMMANDS: Final = (
    "acknowledge|adopt|approvals|audit|build|changes|check|delete|deploy|develop|edit|edition|forge|import|links"
    "|move|new|owner|owners|photo|questions|remind|review|role|rules|schema|serve|training|translate|upgrade"
    "|wording"
)
# What Python itself started: a script of ours, by its path.
_SCRIPTS: Final = Path(__file__).parent
_MENTIONED: Final = re.compile(rf"(?<![\w/.\\-]){NAME}(?= (?:{_SUBCOMMANDS})\b)")


def command_name(program: str | None = None) -> str:
    """Return the path by which the command was started, or its bare name if the shell finds that.

    Without `program`, it is this process. Who runs a script of ours by its path has the command beside their
    Python. A process that was started in another way, such as a test, tells nothing, and gets the bare name.
    """
    started = Path(program or sys.argv[0])
    if started.suffix == ".py" and started.resolve().is_relative_to(_SCRIPTS):
        started = Path(sys.executable).with_name(NAME)
    known = shutil.which(NAME)
    if started.stem != NAME or (known and _plain(Path(known)) == _plain(started)):
        return NAME
    here = Path.cwd()
    name = str(started.relative_to(here) if started.is_relative_to(here) else started)
    return f'"{name}"' if " " in name else name


def _plain(program: Path) -> str:
    """Return a path to compare with another: Windows finds `handbook.EXE` for `handbook`."""
    text = str(program.resolve())
    return text[:-4].lower() if text.lower().endswith(".exe") else text.lower() if os.name == "nt" else text


def with_real_command(text: str, name: str | None = None) -> str:
    """Return a message in which each command is named as people have to type it.

    Reports for programs keep the bare name, so that they are the same on every computer.
    """
    real = name or command_name()
    return text if real == NAME else _MENTIONED.sub(lambda _: real, text)
