"""`handbook forge`: requests to GitHub and GitLab."""

from typing import Final

import click

from scripts.command_group import CommandGroup

_MODULES: Final = {
    "codeowners": "scripts.forge.codeowners",
    "comment": "scripts.forge.comment",
    "issues": "scripts.forge.issues",
}


@click.group(name="forge", cls=CommandGroup, modules=_MODULES)
def command() -> None:
    """Prepare requests to GitHub or GitLab: code owners, a comment on a change, and issues for owners.

    Nothing is sent: each request is written into a file, and the workflows in .github/ and .gitlab/ send it.
    """
