"""`handbook review fingerprint`: prints the fingerprint of a page."""

from pathlib import Path

import click

from handbook.content.fingerprints import fingerprint
from scripts.options import exits_with_status, one_page, root_option
from scripts.review.options import EPILOG
from scripts.site.publication import read_handbook


@click.command(name="fingerprint", epilog=EPILOG)
@click.argument("path", metavar="PAGE")
@root_option
@exits_with_status
def command(path: str, root: Path) -> int:
    """Print the fingerprint of a page's text, for a record that is written by hand."""
    handbook, _ = read_handbook(root)
    click.echo(fingerprint(one_page(handbook.pages, path, root).body))
    return 0
