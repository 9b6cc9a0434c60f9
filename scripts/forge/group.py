"""`handbook forge`: what GitHub and GitLab are told."""

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
    """Prepare what GitHub or GitLab is told: who owns which file, a comment on a change, and issues.

    Nothing is sent: each request is written into a file, and the workflows in .github/ and .gitlab/ send it.
    """
