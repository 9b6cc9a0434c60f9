"""`handbook edition`: publishes states of the handbook for good, and shows that nobody changed them."""

import sys

import click

from scripts import (
    edition_diff,
    edition_list,
    edition_plan,
    edition_publish,
    edition_refresh,
    edition_verify,
)


@click.group(name="edition")
def command() -> None:
    """Publish states of the handbook that nobody changes any more.

    Start with `handbook edition plan`.
    """


command.add_command(edition_plan.command)
command.add_command(edition_publish.command)
command.add_command(edition_refresh.command)
command.add_command(edition_list.list_command)
command.add_command(edition_list.in_force_command)
command.add_command(edition_verify.command)
command.add_command(edition_diff.command)


if __name__ == "__main__":
    sys.exit(command())
