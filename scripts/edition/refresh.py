"""`handbook edition refresh`: brings what is beside the editions up to date: the alias and the calendars."""

from collections.abc import Collection, Mapping
from pathlib import Path

import click

from handbook.content.fingerprints import sha256
from handbook.editions.branch_index import (
    LIST,
    AliasChange,
    alias_change,
    alias_goal,
    alias_target,
    form_of_alias,
    is_calendar,
)
from handbook.editions.mike_versions import ALIAS, VERSIONS, aliased, with_alias
from handbook.editions.published_branch import Published
from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.git.publisher import Publisher
from handbook.git.repository import Repository
from handbook.registers.organization import load_organization
from scripts.edition.calendars import calendars_of_commit
from scripts.edition.options import DATA_EPILOG, behind_origin, site_option
from scripts.options import branch_option, exits_with_status, repository_of, root_option


@click.command(name="refresh", epilog=DATA_EPILOG)
@root_option
@branch_option
@site_option
@exits_with_status
def command(root: Path, branch: str | None, site_branch: str) -> int:
    """Let `latest` lead to the edition that is in force today, and bring the calendars up to date.

    An edition can take effect later than it is published, and a review that was closed moves a due day
    without an edition. Run this command once a day: it writes one commit to the branch of editions if there
    is something to change, and nothing otherwise. The calendars are those of the main branch.
    """
    repository = repository_of(root)
    published = Published(repository, site_branch)
    if not published.manifests:
        raise HandbookError("no edition is published here; fetch the branch of editions first")
    behind = behind_origin(published)
    if behind:
        raise HandbookError(behind)
    target = alias_target(published.manifests, load_organization(Folder(root)).today())
    versions = published.read(VERSIONS)
    is_right = alias_goal(published) == target and aliased(versions) == ([] if target == LIST else [target])
    written, gone = _calendar_changes(repository, published, root, branch)
    if is_right and not written and not gone:
        click.echo(f"{ALIAS} leads to {target}, as it should")
        return 0
    publisher = Publisher(root)
    files: dict[str, Path | bytes] = {**written}
    alias = AliasChange()
    if not is_right:
        alias = alias_change(published, form_of_alias(published), target, published.paths)
        files |= {VERSIONS: with_alias(versions, target), **alias.files}
    message = "Bring the calendars up to date\n" if is_right else f"Let {ALIAS} lead to {target}\n"
    removed = [*gone, *alias.gone]
    commit = publisher.commit(published.commit, message, files, alias.links, removed, alias.copies)
    publisher.move(site_branch, commit, published.local)
    if not is_right:
        click.echo(f"{ALIAS} leads to {target} now")
    if written or gone:
        click.echo(f"calendars brought up to date: {len(written) + len(gone)}")
    click.echo(f"to send it: git push origin {site_branch}", err=True)
    return 0


def _calendar_changes(
    repository: Repository, published: Published, root: Path, branch: str | None
) -> tuple[Mapping[str, bytes], Collection[str]]:
    """Return the calendars that differ from those on the branch, and the paths of those to remove.

    A main branch that cannot be read must not keep readers from the edition in force.
    """
    try:
        calendars = calendars_of_commit(
            repository, root, repository.commit(branch or repository.main_branch())
        )
    except HandbookError as error:
        click.echo(f"the calendars stay as they are: {error}", err=True)
        return {}, ()
    known = published.hashes_of(is_calendar)
    written = {path: data for path, data in calendars.items() if known.get(path) != sha256(data)}
    return written, known.keys() - calendars.keys()
