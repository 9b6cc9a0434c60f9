"""`handbook questions`: what staff asked and no page answers."""

from typing import Final

import click

from scripts.command_group import CommandGroup

_MODULES: Final = {
    "list": "scripts.questions.list_open",
    "note": "scripts.questions.note",
    "add": "scripts.questions.add",
    "drop": "scripts.questions.drop",
}


@click.group(name="questions", cls=CommandGroup, modules=_MODULES)
def command() -> None:
    """Keep what staff asked and no page answers, until it is answered.

    Note each question that comes in by the link "I did not find it", without who asked. Once the handbook has
    the answer, `add` makes it a scenario or words for the search.
    """
