"""`handbook audit register`: who owns each page, whom it is for, and what its review rests on."""

import datetime
from pathlib import Path

import click

from handbook.audit.page_register import page_register
from handbook.audit.register_formats import FORMATS
from scripts.options import exits_with_status, format_option, root_option, today_option
from scripts.site.publication import handbook_of, read_publication


@click.command(name="register", epilog="Exit status: 0, or 2 when the command could not run.")
@root_option
@today_option
@format_option("How it is shown; only csv and json have every fact.", FORMATS)
@exits_with_status
def command(root: Path, today: datetime.date | None, name: str) -> int:
    """Show every published page: its owner, its review, whom it is for, and how it stands.

    CSV and JSON also name the address, the sources, the fingerprint of the text, and the record that
    backs the day of the review.
    """
    publication = read_publication(root)
    click.echo(
        FORMATS[name](page_register(handbook_of(publication, today), publication.site_map())), nl=False
    )
    return 0
