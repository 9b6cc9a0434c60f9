"""`handbook review fingerprint`: prints the fingerprint of a page."""

from pathlib import Path

import click

from scripts.options import exits_with_status, one_page, root_option
from scripts.review.options import EPILOG
from scripts.site.publication import read_handbook


@click.command(name="fingerprint", epilog=EPILOG)
@click.argument("path", metavar="PAGE")
@root_option
@exits_with_status
def command(path: str, root: Path) -> int:
    """Print the fingerprint of what readers of a page read, for a record that is written by hand.

    It covers the text, title, description, audience, sources, and what macros show of the registers.
    """
    handbook, _ = read_handbook(root)
    click.echo(handbook.fingerprint(one_page(handbook.pages, path, root)))
    return 0
