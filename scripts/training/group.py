"""`handbook training`: packages for learning systems."""

from typing import Final

import click

from scripts.command_group import CommandGroup

_MODULES: Final = {"export": "scripts.training.export"}


@click.group(name="training", cls=CommandGroup, modules=_MODULES)
def command() -> None:
    """Export the pages that people accept, with their questions, for a learning system.

    The page Training packages, in docs/contributing/training.md, says how a learning system is set up for
    them, and what it gets to know.
    """
