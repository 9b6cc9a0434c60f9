"""`handbook audit`: what the history of the handbook proves."""

from typing import Final

import click

from scripts.command_group import CommandGroup

_MODULES: Final = {
    "history": "scripts.audit.history",
    "compliance": "scripts.audit.compliance",
    "register": "scripts.audit.register",
    "pack": "scripts.audit.pack",
    "case": "scripts.audit.case",
}


@click.group(name="audit", cls=CommandGroup, modules=_MODULES)
def command() -> None:
    """Show what the history of the handbook proves."""
