"""`handbook acknowledge`: who is asked to accept which pages, and who did."""

from typing import Final

import click

from scripts.command_group import CommandGroup

_MODULES: Final = {
    "people": "scripts.acknowledge.people",
    "import": "scripts.acknowledge.import_replies",
    "verify": "scripts.acknowledge.verify",
    "report": "scripts.acknowledge.report",
    "remind": "scripts.acknowledge.remind",
    "exception": "scripts.acknowledge.exception",
    "forget": "scripts.acknowledge.forget",
}


@click.group(name="acknowledge", cls=CommandGroup, modules=_MODULES)
def command() -> None:
    """Keep a record of who accepted which edition, outside of git."""
