"""`handbook edition`: publishes editions, and proves that nobody changed them."""

from typing import Final

import click

from scripts.command_group import CommandGroup

_MODULES: Final = {
    "plan": "scripts.edition.plan",
    "publish": "scripts.edition.publish",
    "refresh": "scripts.edition.refresh",
    "list": "scripts.edition.list",
    "in-force": "scripts.edition.in_force",
    "verify": "scripts.edition.verify",
    "diff": "scripts.edition.diff",
    "docx": "scripts.edition.docx",
}


@click.group(name="edition", cls=CommandGroup, modules=_MODULES)
def command() -> None:
    """Publish editions of the handbook, and prove that nobody changed them.

    An edition is a state of the handbook that is kept as it was published. Start with `handbook edition
    plan`.
    """
