"""`handbook review issues`: what issues about open reviews say."""

from pathlib import Path
from urllib.parse import urljoin

import click

from handbook.errors import HandbookError
from handbook.model import Handbook
from handbook.reviews.comments.issues import IssueWriter
from handbook.reviews.comments.platform_issues import ExistingIssue, issue_changes, read_existing
from handbook.text.json_text import as_document
from handbook.text.quoting import one_line
from scripts.options import exits_with_status, format_option, root_option
from scripts.review.options import EPILOG
from scripts.site.publication import Publication, handbook_of, read_publication


@click.command(name="issues", epilog=EPILOG)
@root_option
@click.option(
    "--existing",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The issues that the platform has, as its interface lists them (JSON).",
)
@format_option("Output format: text for people, json for a job.")
@exits_with_status
def command(root: Path, existing: Path | None, name: str) -> int:
    """Print what is left to do so that each open review has an issue that asks for its readings.

    An issue has the pages with their changes since the last review, and the form of each reader. With
    --existing, only what differs is listed: issues to create, update, reopen, or close. Nothing is sent.
    """
    publication = read_publication(root)
    handbook = handbook_of(publication)
    writer = IssueWriter(root, handbook, _addresses(publication, handbook))
    wanted = [writer.issue(review_file) for review_file in handbook.reviews.open]
    changes = list(issue_changes(wanted, _existing(existing), writer.closing))
    if name == "json":
        click.echo(as_document({"issues": [change.as_record() for change in changes]}), nl=False)
        return 0
    for change in changes:
        number = f" (issue {change.number})" if change.number else ""
        click.echo(one_line(f"{change.do}{number}: {change.title}"))
    if not changes:
        click.echo("Each open review has its issue." if wanted else "No review is open.")
    return 0


def _existing(file: Path | None) -> list[ExistingIssue]:
    try:
        return read_existing(file.read_bytes(), file.name) if file else []
    except OSError as error:
        raise HandbookError(f"{file} cannot be read ({error.strerror}); name another file") from None


def _addresses(publication: Publication, handbook: Handbook) -> dict[str, str]:
    """Return the addresses of published pages, if it is known where they are published."""
    base = handbook.registers.organization.handbook
    if base is None:
        return {}
    start, site_map = f"{base.rstrip('/')}/", publication.site_map()
    return {page.path: urljoin(start, site_map.address_of(page)) for page in handbook.pages}
