"""`handbook edition`: publishes states of the handbook for good, and shows that nobody changed them."""

import click

from scripts.edition import diff as edition_diff
from scripts.edition import list as edition_list
from scripts.edition import plan as edition_plan
from scripts.edition import publish as edition_publish
from scripts.edition import refresh as edition_refresh
from scripts.edition import verify as edition_verify


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
