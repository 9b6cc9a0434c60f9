"""`handbook edition verify`: whether an edition still is what was published."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from handbook.comparison.rendered_pages import rendered_pages
from handbook.editions.branch_index import LIST, START, alias_target, is_late, top_differences
from handbook.editions.manifest import PageRecord, changed_files, changed_pages
from handbook.editions.mike_versions import ALIAS
from handbook.editions.names import Edition
from handbook.editions.published_branch import MANIFEST, Published
from handbook.editions.site_files import FolderFiles
from handbook.editions.verification import Difference, differences, signature_holds
from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.git.commit_time import seconds_of
from handbook.git.publisher import Publisher
from handbook.git.repository import WHOLE_HISTORY, Repository
from handbook.registers.organization import load_organization
from handbook.text.quoting import one_line
from scripts.edition.build import SITE, build_edition, hashes
from scripts.edition.options import as_json, site_option
from scripts.options import exits_with_status, format_option, repository_of, root_option
from scripts.site.locked_environment import python_for
from scripts.site.rendered_states import records_of


@click.command(
    name="verify", epilog="Exit status: 0 as published, 1 something was changed, 2 it could not be judged."
)
@click.argument("edition", required=False)
@root_option
@site_option
@click.option("--rebuild", is_flag=True, help="Build it again from its tag, and compare every byte.")
@format_option("How it is shown.")
@exits_with_status
def command(edition: str | None, root: Path, site_branch: str, rebuild: bool, name: str) -> int:
    """Tell whether EDITION, or every edition without it, still is what was published.

    Compares its files, its manifest and its tag with one another. Without EDITION, what stands beside the
    editions on their branch is compared too: the list of editions, and where `latest` leads.
    """
    repository = repository_of(root)
    published = Published(repository, site_branch)
    chosen = [Edition.parse(edition)] if edition else sorted(published.taken)
    if not chosen:
        raise HandbookError("no edition is published here; fetch the branch of editions and the tags first")
    if rebuild and repository.is_shallow:
        raise HandbookError(
            f"an edition shows its history, and this clone has only the end of it; {WHOLE_HISTORY}"
        )
    today = load_organization(Folder(root)).today()
    found = [one for edition in chosen for one in differences(published, edition)]
    whole = not edition and published.editions and not any(one.path == MANIFEST for one in found)
    if whole:
        found += top_differences(published, today)
    if rebuild:
        found += [one for edition in chosen for one in _rebuilt(repository, root, published, edition)]
    if name == "json":
        record = {"editions": [str(one) for one in chosen], "differences": [asdict(one) for one in found]}
        click.echo(as_json(record))
        return int(bool(found))
    for one in found:
        click.echo(f"{_place(one)}: {one_line(one.message)}")
    for good in sorted(set(chosen) - {Edition.parse(one.edition) for one in found if one.edition}):
        click.echo(_vouched(published, good, rebuild))
    if whole and all(one.edition for one in found):
        click.echo(f"beside the editions: {LIST}/ and {START} agree with {published.editions[-1]}")
    if whole and is_late(published, today):
        due = alias_target(published.manifests, today)
        click.echo(f"{ALIAS} does not lead to {due} yet; run `handbook edition refresh`", err=True)
    return int(bool(found))


def _place(found: Difference) -> str:
    return one_line("/".join(part for part in (found.edition, found.path) if part))


def _rebuilt(
    repository: Repository, root: Path, published: Published, edition: Edition
) -> Iterator[Difference]:
    """Build an edition again from its tag, and name each file that is not what it was made of."""
    tag = published.tag(edition)
    if tag is None or edition not in published.editions:
        return  # Which is told already.
    try:
        own = published.manifest(edition)
        earlier = [published.manifest(one) for one in published.editions if one < edition]
    except HandbookError as error:
        yield Difference(str(edition), None, f"cannot be built again: {error}")
        return
    with Publisher(root).checkout(tag.commit) as folder, TemporaryDirectory() as name:
        seconds, python = seconds_of(repository, tag.commit), python_for(folder, root)
        built = build_edition(folder, published, earlier, own, seconds, Path(name), python)
        site, top = hashes(built.site), hashes(built.top)
        pages = _pages(folder, Path(name, SITE))
    for path, what in changed_files(site, published.hashes(edition)):
        yield Difference(str(edition), path, f"{what}: the commit of the tag builds another")
    for path, what in changed_files(top, own.top):
        yield Difference(str(edition), MANIFEST, f"{path} {what}: the commit of the tag builds another")
    for change in changed_pages(own.pages, pages):
        message = f"the manifest does not say of {change.path} what the commit of the tag does"
        yield Difference(str(edition), MANIFEST, message)


def _pages(folder: Path, site: Path) -> list[PageRecord]:
    """Return what a manifest should say of a checkout: of the pages that its site shows.

    The site is asked, and not the code of the checkout, which may be older than the code that runs.
    """
    records = records_of(folder)
    shown = rendered_pages(FolderFiles(site), records)
    return [record for record in records if record.path in shown]


def _vouched(published: Published, edition: Edition, rebuilt: bool) -> str:
    tag = published.tag(edition)
    how = "not signed"
    if tag and tag.is_signed:
        known = signature_holds(published, tag)
        how = "signature good" if known else "signature not known here; ask for the key of who publishes"
    again = "; built again, every byte is the same" if rebuilt else ""
    files = len(published.manifest(edition).files)
    return f"{edition}: {files} files, manifest and tag agree ({how}){again}"
