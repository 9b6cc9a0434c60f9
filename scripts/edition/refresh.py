"""`handbook edition refresh`: lets the alias lead to the edition that is in force."""

from pathlib import Path

import click

from handbook.editions.branch_index import LIST, alias_target
from handbook.editions.mike_versions import ALIAS, VERSIONS, aliased, with_alias
from handbook.editions.published_branch import Published
from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.git.publisher import Publisher
from handbook.registers.organization import load_organization
from scripts.edition.options import DATA_EPILOG, behind_origin, site_option
from scripts.options import exits_with_status, repository_of, root_option


@click.command(name="refresh", epilog=DATA_EPILOG)
@root_option
@site_option
@exits_with_status
def command(root: Path, site_branch: str) -> int:
    """Let `latest` lead to the edition that is in force today.

    An edition can take effect later than it is published. Run this command on that day, or once a day: it
    writes one commit to the branch of editions if there is something to change, and nothing otherwise.
    """
    published = Published(repository_of(root), site_branch)
    if not published.manifests:
        raise HandbookError("no edition is published here; fetch the branch of editions first")
    behind = behind_origin(published)
    if behind:
        raise HandbookError(behind)
    target = alias_target(published.manifests, load_organization(Folder(root)).today())
    versions = published.read(VERSIONS)
    if published.link(ALIAS) == target and aliased(versions) == ([] if target == LIST else [target]):
        click.echo(f"{ALIAS} leads to {target}, as it should")
        return 0
    publisher = Publisher(root)
    message = f"Let {ALIAS} lead to {target}\n"
    files = {VERSIONS: with_alias(versions, target)}
    commit = publisher.commit(published.commit, message, files, {ALIAS: target})
    publisher.move(site_branch, commit, published.local)
    click.echo(f"{ALIAS} leads to {target} now")
    click.echo(f"to send it: git push origin {site_branch}", err=True)
    return 0
