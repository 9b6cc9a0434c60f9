"""`handbook deploy headers`: writes the file `_headers` of a site."""

from pathlib import Path

import click

from handbook.files.atomic_write import write_text
from handbook.hosting.compressed_files import require_site
from handbook.hosting.headers import FILE, frames_from, headers_file
from scripts.deploy.options import frames_option
from scripts.edition.options import DATA_EPILOG
from scripts.options import exits_with_status


@click.command(name="headers", epilog=DATA_EPILOG)
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
@frames_option
@exits_with_status
def command(site: Path, frames: str | None) -> int:
    """Write the file _headers into SITE, for a host that reads it, such as Netlify or Cloudflare Pages.

    SITE is the folder that is published: the built site, or an unpacked branch of editions. The file has the
    content security policy and the other headers, and names the folders that browsers keep.
    """
    require_site(site)
    write_text(site / FILE, headers_file(site, frames_from(frames)))
    click.echo(f"{site / FILE}: written", err=True)
    return 0
