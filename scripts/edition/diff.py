"""`handbook edition diff`: what changed for readers from one edition to another."""

from pathlib import Path

import click

from handbook.comparison.edition_changes import changes_between
from handbook.comparison.formats import FORMATS
from handbook.editions.published_branch import Published
from scripts.edition.options import DATA_EPILOG, audience_option, changes_format_option, site_option
from scripts.options import exits_with_status, repository_of, root_option
from scripts.site.rendered_states import known_edition


@click.command(name="diff", epilog=DATA_EPILOG)
@click.argument("before")
@click.argument("after")
@root_option
@site_option
@audience_option
@changes_format_option
@exits_with_status
def command(
    before: str, after: str, root: Path, site_branch: str, audience: tuple[str, ...], name: str
) -> int:
    """Show what changed for readers between two editions.

    The published pages of BEFORE and AFTER are compared, so a changed variable, register, or macro shows
    on every page that it reaches. Nothing is built.
    """
    published = Published(repository_of(root), site_branch)
    editions = (published.manifest(known_edition(published, edition)) for edition in (before, after))
    click.echo(FORMATS[name](changes_between(published, *editions).for_readers(audience)), nl=False)
    return 0
