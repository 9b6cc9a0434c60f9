"""`handbook edition in-force`: the edition that was in force on a day."""

import datetime
from collections.abc import Sequence
from pathlib import Path

import click

from handbook.editions.branch_index import LivePeriod, live_periods
from handbook.editions.manifest import Manifest, PageRecord, in_force
from handbook.editions.mike_versions import ALIAS
from handbook.editions.published_branch import Published
from handbook.editions.tags import tag_name
from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.git.repository import Repository
from handbook.registers.organization import load_organization
from handbook.reviews.unreviewed import unreviewed_in_edition
from handbook.text.json_text import as_document
from handbook.text.quoting import one_line
from scripts.edition.options import manifest_record, site_option
from scripts.options import (
    DayParameter,
    exits_with_status,
    format_option,
    possible_paths,
    repository_of,
    root_option,
)
from scripts.site.publication import expressions_for


@click.command(
    name="in-force", epilog="Exit status: 0, 1 if nothing was in force, 2 if the command could not run."
)
@click.argument("day", type=DayParameter(), metavar="DATE")
@click.argument("page", required=False)
@root_option
@site_option
@format_option("The format of the output.")
@exits_with_status
def command(day: datetime.date, page: str | None, root: Path, site_branch: str, name: str) -> int:
    """Show which edition was in force on DATE.

    What counts is the day on which an edition takes effect, not the day on which it was published. If
    `latest` changed its target in the course of the day, the hours are shown, too. With PAGE, such as
    docs/policy/work.md, the command also shows what the edition records of that page, and whether its text
    was the one that people had reviewed.
    """
    repository = repository_of(root)
    published = Published(repository, site_branch)
    today = load_organization(Folder(root)).today()
    manifests = published.manifests
    manifest = in_force(manifests, day)
    if manifest is None:
        first = min((edition.effective for edition in manifests), default=None)
        known = f"the first takes effect on {first}" if first else "none is published yet"
        click.echo(f"no edition was in force on {day}; {known}", err=True)
        return 1
    record = next(filter(None, map(manifest.page, possible_paths(page))), None) if page else None
    if page and record is None:
        click.echo(f"edition {manifest.edition}, in force on {day}, has no page {page}", err=True)
        return 1
    if name == "json":
        standing = _standing(repository, manifest, record) if record else None
        facts = {"page": {**record.model_dump(mode="json"), "standing": standing}} if record else {}
        live = [_live_record(period, today) for period in _live(published, day, root)]
        data = {"day": day.isoformat(), **manifest_record(manifest), **facts, "live": live}
        click.echo(as_document(data), nl=False)
        return 0
    click.echo(f"{manifest.edition}, in force from {manifest.effective}, published {manifest.published}")
    if day > today:
        click.echo(f"{day} is still to come: an edition that takes effect before then changes this")
    for period in _live(published, day, root):
        hours = f"from {period.first:%H:%M} {_until(period, day, today)} ({period.first.tzname()})"
        click.echo(f"on that day, {ALIAS} led to {period.target} {hours}, by the commits on {site_branch}")
    if record:
        click.echo(one_line(f"{record.path}: {record.title or 'without a title'}"))
        click.echo(f"owner: {record.owner or 'unknown'}; last review: {record.last_reviewed or 'unknown'}")
        click.echo(_standing(repository, manifest, record))
        click.echo(
            f"text: {record.fingerprint}; to read it: git show {tag_name(manifest.edition)}:{record.path}"
        )
    return 0


def _live(published: Published, day: datetime.date, root: Path) -> Sequence[LivePeriod]:
    """Return where the alias led on a day, if that changed in the course of it."""
    periods = live_periods(published, day, load_organization(Folder(root)).time_zone)
    return periods if len({period.target for period in periods}) > 1 else ()


def _until(period: LivePeriod, day: datetime.date, today: datetime.date) -> str:
    """Return when a period ends, as people write it; a day ends at 24:00, if it is over."""
    if period.end.date() == day:
        return f"to {period.end:%H:%M}"
    return "to 24:00" if day < today else "until now"


def _live_record(period: LivePeriod, today: datetime.date) -> dict[str, str | None]:
    """Return a period for programs; its end is null if it is still to come."""
    end = None if period.end.date() > today else period.end.isoformat()
    return {"target": period.target, "from": period.first.isoformat(), "to": end}


def _standing(repository: Repository, manifest: Manifest, record: PageRecord) -> str:
    """Return whether the text of a page was the one that people had reviewed."""
    try:
        unreviewed = unreviewed_in_edition(repository, manifest, expressions_for(repository.root))
    except HandbookError as error:
        return f"whether this text was reviewed is unknown here: {error}"
    reason = next((text.reason for text in unreviewed if text.path == record.path), None)
    return f"not as reviewed: {reason}" if reason else "this is the text that was reviewed"
