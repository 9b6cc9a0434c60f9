"""What the commands of `handbook deploy` share: who may show the handbook in a frame."""

import click

frames_option = click.option(
    "--frames",
    metavar="ADDRESS",
    help="The site that may show the handbook in a frame, such as your intranet; without it, none may.",
)
