"""`handbook audit register`: who owns each page, whom it is for, and which review backs it."""

import datetime
from pathlib import Path

import click

from handbook.audit.page_register import page_register
from handbook.audit.register_formats import FORMATS
from scripts.options import exits_with_status, format_option, root_option, today_option
from scripts.site.publication import handbook_of, read_publication


@click.command(name="register", epilog="Exit status: 0, or 2 if the command could not run.")
@root_option
@today_option
@format_option("The format of the output; only csv and json have every fact.", FORMATS)
@exits_with_status
def command(root: Path, today: datetime.date | None, name: str) -> int:
    """Show every published page: its owner, its last and next review, its state, and its readers.

    CSV and JSON also have the address, the sources, the fingerprint of the text, and the record that backs
    the day of the review.
    """
    publication = read_publication(root)
    register = page_register(handbook_of(publication, today), publication.site_map())
    click.echo(FORMATS[name](register), nl=False)
    return 0
