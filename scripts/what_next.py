"""`handbook` without a command: what to do next in the handbook of the current folder."""

from pathlib import Path

import click

from scripts.adopt import show_status
from scripts.command_name import command_name, with_real_command
from scripts.options import exits_with_status


@exits_with_status
def show_what_next() -> int:
    """Print what is left to decide, and where to go on; that something is left is no failure here."""
    show_status(Path.cwd(), None)
    click.echo(f"\n{with_real_command('The pages: handbook check.')} All commands: {command_name()} --help")
    return 0
