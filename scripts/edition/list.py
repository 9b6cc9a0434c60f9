"""`handbook edition list`: which editions there are."""

from pathlib import Path

import click

from handbook.editions.published_branch import Published
from scripts.edition.options import DATA_EPILOG, as_json, manifest_record, site_option, size
from scripts.options import exits_with_status, format_option, repository_of, root_option


@click.command(name="list", epilog=DATA_EPILOG)
@root_option
@site_option
@format_option("How it is shown.")
@exits_with_status
def command(root: Path, site_branch: str, name: str) -> int:
    """List the editions, the newest first."""
    manifests = Published(repository_of(root), site_branch).manifests[::-1]
    if name == "json":
        click.echo(as_json({"editions": [manifest_record(one) for one in manifests]}))
        return 0
    for one in manifests:
        click.echo(f"{one.edition}  published {one.published}, in force from {one.effective}, {size(one)}")
    if not manifests:
        click.echo("no edition is published yet; see `handbook edition plan`", err=True)
    return 0
