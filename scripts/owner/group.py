"""`handbook owner`: changes who owns pages."""

from typing import Final

import click

from scripts.command_group import CommandGroup

_MODULES: Final = {"reassign": "scripts.owner.reassign"}


@click.group(name="owner", cls=CommandGroup, modules=_MODULES)
def command() -> None:
    """Change who owns pages. `handbook owners` shows who owns how many, and when they are due."""
