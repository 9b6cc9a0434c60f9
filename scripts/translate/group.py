"""`handbook translate`: what translations render, and what changed since."""

from typing import Final

import click

from scripts.command_group import CommandGroup

_MODULES: Final = {
    "status": "scripts.translate.status",
    "diff": "scripts.translate.diff",
    "done": "scripts.translate.done",
}


@click.group(name="translate", cls=CommandGroup, modules=_MODULES)
def command() -> None:
    """Keep translations true to their originals."""
