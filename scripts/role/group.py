"""`handbook role`: changes a role everywhere."""

from typing import Final

import click

from scripts.command_group import CommandGroup

_MODULES: Final = {"rename": "scripts.role.rename"}


@click.group(name="role", cls=CommandGroup, modules=_MODULES)
def command() -> None:
    """Change a role that owns pages. `handbook owners` lists them."""
