"""`handbook deploy compress`: makes the compressed files of a site."""

from pathlib import Path

import click

from handbook.hosting.compressed_files import compress_site
from handbook.text.counting import counted
from scripts.edition.options import DATA_EPILOG
from scripts.options import exits_with_status


@click.command(name="compress", epilog=DATA_EPILOG)
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
@exits_with_status
def command(site: Path) -> int:
    """Write a compressed file (.gz) beside each file of SITE that it makes smaller.

    SITE is the folder that a web server serves: the built site, or an unpacked branch of editions. nginx and
    Apache send these files as they are, as `handbook deploy init` sets them up. Run it after every
    change of SITE: a file that changed gets a new one, and one whose file is gone is removed.
    """
    done = compress_site(site)
    click.echo(
        f"{counted(done.files, 'compressed file')}: {done.written} written, {done.removed} removed", err=True
    )
    return 0
