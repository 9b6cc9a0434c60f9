"""`handbook edit`: an editor of pages in the browser."""

from typing import Final

import click

from scripts.command_group import CommandGroup

_MODULES: Final = {"build": "scripts.edit.build"}


@click.group(name="edit", cls=CommandGroup, modules=_MODULES)
def command() -> None:
    """Let people edit pages in the browser, under /edit/ of the site.

    The page Edit in the browser, in docs/contributing/editor.md, says how people sign in and what they can
    do.
    """
