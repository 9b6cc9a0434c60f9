"""`handbook deploy`: brings the handbook onto a web server or a hosting service."""

from typing import Final

import click

from scripts.command_group import CommandGroup

_MODULES: Final = {
    "compress": "scripts.deploy.compress",
}


@click.group(name="deploy", cls=CommandGroup, modules=_MODULES)
def command() -> None:
    """Bring the handbook onto a web server or a hosting service.

    The folder deploy/ has configurations of nginx and Apache.
    """
