"""Names the command as people have to type it, so that they can copy it from a message."""

import re
import shutil
import sys
from pathlib import Path
from typing import Final

NAME: Final = "handbook"
_SUBCOMMANDS: Final = "audit|changes|check|edition|links|new|photo|remind|review|rules|upgrade"
_MENTIONED: Final = re.compile(rf"(?<![\w/.\\-]){NAME}(?= (?:{_SUBCOMMANDS})\b)")


def command_name(program: str | None = None) -> str:
    """Return the path by which the command was started, or its bare name if the shell finds that.

    Without `program`, it is this process. A process that was started in another way, such as a test, tells
    nothing, and gets the bare name.
    """
    started = Path(program or sys.argv[0])
    known = shutil.which(NAME)
    if started.stem != NAME or (known and Path(known).resolve() == started.resolve()):
        return NAME
    here = Path.cwd()
    name = str(started.relative_to(here) if started.is_relative_to(here) else started)
    return f'"{name}"' if " " in name else name


def with_real_command(text: str, name: str | None = None) -> str:
    """Return a message in which each command is named as people have to type it.

    Reports for programs keep the bare name, so that they are the same on every computer.
    """
    real = name or command_name()
    return text if real == NAME else _MENTIONED.sub(lambda _: real, text)
