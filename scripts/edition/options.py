"""What the commands about editions share: their options, and how they show a manifest."""

from pathlib import Path
from typing import Any, Final

import click

from handbook.comparison.formats import FORMATS
from handbook.content.audiences import AUDIENCES
from handbook.editions.manifest import Manifest
from handbook.editions.published_branch import SITE_BRANCH, Published
from handbook.text.counting import counted
from scripts.options import DayParameter

DATA_EPILOG: Final = "Exit status: 0, or 2 if the command could not run."
site_option = click.option(
    "--site-branch",
    default=SITE_BRANCH,
    show_default=True,
    metavar="NAME",
    help="The branch that editions are published on.",
)
effective_option = click.option(
    "--effective",
    type=DayParameter(),
    metavar="DATE",
    help="The day on which the edition takes effect; without it, today.",
)
timestamp_ca_option = click.option(
    "--timestamp-ca",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The root certificate of the authority (PEM or DER), as the authority itself publishes it.",
)
withdraw_option = click.option(
    "--withdraw",
    "withdraws",
    multiple=True,
    metavar="EDITION",
    help="Withdraw an edition that waits for its day; can be given more than once.",
)


audience_option = click.option(
    "--audience",
    multiple=True,
    type=click.Choice(sorted(AUDIENCES)),
    help="Show only pages for these readers or for everyone; can be given more than once.",
)
changes_format_option = click.option(
    "--format",
    "name",
    type=click.Choice(list(FORMATS)),
    default="markdown",
    show_default=True,
    help="The format of the output.",
)


def behind_origin(published: Published) -> str | None:
    """Return what to do if the branch of editions here lacks commits that its origin has, else None."""
    if not published.is_behind():
        return None
    branch = published.branch
    return f"{branch} here lacks commits that origin has; run `git fetch origin {branch}:{branch}`"


def size(manifest: Manifest) -> str:
    """Return how many pages and files an edition has, in words."""
    return f"{counted(len(manifest.pages), 'page')}, {counted(len(manifest.files), 'file')}"


def manifest_record(manifest: Manifest) -> dict[str, Any]:
    """Return a manifest for programs, with the numbers of its pages and files instead of their lists."""
    facts: dict[str, Any] = manifest.model_dump(mode="json", exclude={"files", "pages", "top"})
    return {**facts, "pages": len(manifest.pages), "files": len(manifest.files)}
