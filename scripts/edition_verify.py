"""`handbook edition verify`: whether an edition still is what was published."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from handbook.editions import Edition, changed_files, changed_pages, page_records
from handbook.errors import HandbookError
from handbook.git import Repository
from handbook.published import MANIFEST, Difference, Published
from handbook.publishing_git import Publisher
from scripts.command import format_option, repository_of, root_option, told_in_a_sentence
from scripts.edition_build import build_edition
from scripts.edition_command import as_json, seconds_of, site_option
from scripts.publication import read_handbook


@click.command(
    name="verify", epilog="Exit status: 0 as published, 1 something was changed, 2 it could not be judged."
)
@click.argument("edition", required=False)
@root_option
@site_option
@click.option("--rebuild", is_flag=True, help="Build it again from its tag, and compare every byte.")
@format_option("How it is shown.")
@told_in_a_sentence
def command(edition: str | None, root: Path, site_branch: str, rebuild: bool, name: str) -> int:
    """Tell whether EDITION, or every edition without it, still is what was published.

    Compares its files, its manifest and its tag with one another.
    """
    repository = repository_of(root)
    published = Published(repository, site_branch)
    chosen = [Edition.parse(edition)] if edition else sorted(published.taken)
    if not chosen:
        raise HandbookError("no edition is published here; fetch the branch of editions and the tags first")
    found = [one for edition in chosen for one in published.differences(edition)]
    if rebuild:
        found += [
            one for edition in chosen for one in _rebuilt(repository, Publisher(root), published, edition)
        ]
    if name == "json":
        record = {"editions": [str(one) for one in chosen], "differences": [asdict(one) for one in found]}
        click.echo(as_json(record))
    else:
        for one in found:
            click.echo(f"{one.edition}{'/' + one.path if one.path else ''}: {one.message}")
        for good in sorted({str(one) for one in chosen} - {one.edition for one in found}):
            click.echo(_vouched(published, Edition.parse(good), rebuild))
    return int(bool(found))


def _rebuilt(
    repository: Repository, publisher: Publisher, published: Published, edition: Edition
) -> Iterator[Difference]:
    """Build an edition again from its tag, and name each file that is not what it was made of."""
    tag = published.tag(edition)
    if tag is None or edition not in published.editions:
        return  # Which is told already.
    with publisher.checkout(tag.commit) as folder, TemporaryDirectory() as name:
        built = build_edition(folder, edition, seconds_of(repository, tag.commit), Path(name))
        pages = page_records(read_handbook(folder)[0].pages)
    for path, what in changed_files(built, published.hashes(edition)):
        yield Difference(str(edition), path, f"{what}: the commit of the tag builds another")
    for change in changed_pages(published.manifest(edition).pages, pages):
        message = f"the manifest does not say of {change.path} what the commit of the tag does"
        yield Difference(str(edition), MANIFEST, message)


def _vouched(published: Published, edition: Edition, rebuilt: bool) -> str:
    tag = published.tag(edition)
    how = "not signed"
    if tag and tag.is_signed:
        known = published.signature_holds(tag)
        how = "signature good" if known else "signature not known here; ask for the key of who publishes"
    again = "; built again, every byte is the same" if rebuilt else ""
    files = len(published.manifest(edition).files)
    return f"{edition}: {files} files, manifest and tag agree ({how}){again}"
