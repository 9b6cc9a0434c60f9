"""`handbook edition list`: the editions, with their days and sizes."""

from pathlib import Path

import click

from handbook.editions.manifest import withdrawals
from handbook.editions.published_branch import Published
from handbook.text.json_text import as_document
from scripts.command_name import with_real_command
from scripts.edition.options import DATA_EPILOG, manifest_record, site_option, size
from scripts.options import exits_with_status, format_option, repository_of, root_option


@click.command(name="list", epilog=DATA_EPILOG)
@root_option
@site_option
@format_option("The format of the output.")
@exits_with_status
def command(root: Path, site_branch: str, name: str) -> int:
    """List the editions, the newest first."""
    manifests = Published(repository_of(root), site_branch).manifests[::-1]
    if name == "json":
        click.echo(as_document({"editions": [manifest_record(manifest) for manifest in manifests]}), nl=False)
        return 0
    gone = withdrawals(manifests)
    for manifest in manifests:
        days = f"published {manifest.published}, in force from {manifest.effective}"
        withdrawn = f", withdrawn by {gone[manifest.name]}" if manifest.name in gone else ""
        click.echo(f"{manifest.edition}  {days}, {size(manifest)}{withdrawn}")
    if not manifests:
        click.echo(with_real_command("no edition is published yet; see `handbook edition plan`"), err=True)
    return 0
