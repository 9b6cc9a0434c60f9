"""`handbook edition in-force`: the edition that was in force on a day."""

import datetime
from pathlib import Path

import click

from handbook.editions.manifest import Manifest, PageRecord, in_force
from handbook.editions.published_branch import Published
from handbook.editions.tags import tag_name
from handbook.errors import HandbookError
from handbook.git.repository import Repository
from handbook.reviews.unreviewed import unreviewed_in_edition
from scripts.edition.options import as_json, manifest_record, site_option
from scripts.options import DayParameter, exits_with_status, format_option, repository_of, root_option


@click.command(name="in-force", epilog="Exit status: 0, 1 nothing was in force, 2 the command could not run.")
@click.argument("day", type=DayParameter(), metavar="DATE")
@click.argument("page", required=False)
@root_option
@site_option
@format_option("The format of the output.")
@exits_with_status
def command(day: datetime.date, page: str | None, root: Path, site_branch: str, name: str) -> int:
    """Show which edition was in force on DATE.

    What counts is the day on which an edition takes effect, not the day on which it was published. With
    PAGE, such as docs/policy/work.md, the command also shows what the edition records of that page, and
    whether its text was the one that people had reviewed.
    """
    repository = repository_of(root)
    manifests = Published(repository, site_branch).manifests
    manifest = in_force(manifests, day)
    if manifest is None:
        first = min((edition.effective for edition in manifests), default=None)
        known = f"the first takes effect on {first}" if first else "none is published yet"
        click.echo(f"no edition was in force on {day}; {known}", err=True)
        return 1
    record = manifest.page(page) if page else None
    if page and record is None:
        click.echo(f"edition {manifest.edition}, in force on {day}, has no page {page}", err=True)
        return 1
    if name == "json":
        standing = _standing(repository, manifest, record) if record else None
        facts = {"page": {**record.model_dump(mode="json"), "standing": standing}} if record else {}
        click.echo(as_json({"day": day.isoformat(), **manifest_record(manifest), **facts}))
        return 0
    click.echo(f"{manifest.edition}, in force from {manifest.effective}, published {manifest.published}")
    if record:
        click.echo(f"{record.path}: {record.title or 'without a title'}")
        click.echo(f"owner: {record.owner or 'unknown'}; last review: {record.last_reviewed or 'unknown'}")
        click.echo(_standing(repository, manifest, record))
        click.echo(
            f"text: {record.fingerprint}; to read it: git show {tag_name(manifest.edition)}:{record.path}"
        )
    return 0


def _standing(repository: Repository, manifest: Manifest, record: PageRecord) -> str:
    """Return whether the text of a page was the one that people had reviewed."""
    try:
        unreviewed = unreviewed_in_edition(repository, manifest)
    except HandbookError as error:
        return f"whether this text was reviewed is unknown here: {error}"
    reason = next((text.reason for text in unreviewed if text.path == record.path), None)
    return f"not as reviewed: {reason}" if reason else "this is the text that was reviewed"
