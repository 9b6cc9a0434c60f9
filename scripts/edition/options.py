"""What the commands about editions share: their options, and how they show a manifest."""

import json
from typing import Any, Final

import click

from handbook.comparison.formats import FORMATS
from handbook.content.audiences import AUDIENCES
from handbook.editions.manifest import Manifest
from handbook.editions.published_branch import SITE_BRANCH, Published
from scripts.options import DayParameter

DATA_EPILOG: Final = "Exit status: 0, or 2 when the command could not run."
site_option = click.option(
    "--site-branch", default=SITE_BRANCH, show_default=True, metavar="NAME", help="Where editions are kept."
)
effective_option = click.option(
    "--effective", type=DayParameter(), metavar="DATE", help="When it takes effect; without it, today."
)


def behind_origin(published: Published) -> str | None:
    """Say what to do where the branch of editions here lacks what the one it came from has."""
    if not published.is_behind():
        return None
    there = published.branch
    return f"{there} here lacks what origin has; run `git fetch origin {there}:{there}`"


def size(manifest: Manifest) -> str:
    """Say how much is in an edition."""
    return f"{len(manifest.pages)} pages, {len(manifest.files)} files"


def manifest_record(manifest: Manifest) -> dict[str, Any]:
    """Show a manifest without its lists, which are in the branch of editions."""
    facts: dict[str, Any] = manifest.model_dump(mode="json", exclude={"files", "pages", "top"})
    return {**facts, "pages": len(manifest.pages), "files": len(manifest.files)}


def as_json(record: dict[str, Any]) -> str:
    """Write what a program reads."""
    return json.dumps(record, indent=2, ensure_ascii=False)


audience_option = click.option(
    "--audience",
    multiple=True,
    type=click.Choice(sorted(AUDIENCES)),
    help="Only what these readers see, and what everyone does; may be repeated.",
)


changes_format_option = click.option(
    "--format",
    "name",
    type=click.Choice(list(FORMATS)),
    default="markdown",
    show_default=True,
    help="How it is shown.",
)
