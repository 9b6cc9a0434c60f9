"""`handbook deploy`: brings the handbook onto a web server or a hosting service."""

from typing import Final

import click

from scripts.command_group import CommandGroup

_MODULES: Final = {
    "init": "scripts.deploy.init",
    "compress": "scripts.deploy.compress",
    "headers": "scripts.deploy.headers",
}


@click.group(name="deploy", cls=CommandGroup, modules=_MODULES)
def command() -> None:
    """Bring the handbook onto a web server or a hosting service.

    Start with `handbook deploy init HOST`, which writes what your host needs. The page Publish it, in
    docs/contributing/publish.md, has every step.
    """
