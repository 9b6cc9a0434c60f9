"""`handbook review issues`: what issues about open reviews say."""

from pathlib import Path
from urllib.parse import urljoin

import click

from handbook.errors import HandbookError
from handbook.forges.requests import INTERFACES
from handbook.forges.reviews.issues import IssueWriter
from handbook.forges.reviews.platform_issues import ExistingIssue, issue_changes, read_existing
from handbook.forges.reviews.review_requests import issue_requests
from handbook.model import Handbook
from handbook.text.json_text import as_document
from handbook.text.quoting import one_line
from scripts.options import exits_with_status, format_option, root_option
from scripts.request_folder import write_requests
from scripts.review.comments.options import existing_option, read_file, requests_option
from scripts.review.options import EPILOG
from scripts.site.publication import Publication, handbook_of, read_publication


@click.command(name="issues", epilog=EPILOG)
@root_option
@existing_option
@click.option("--on", "platform", type=click.Choice(list(INTERFACES)), help="The platform of --requests.")
@requests_option
@format_option("Output format: text for people, json for a job.")
@exits_with_status
def command(root: Path, existing: Path | None, platform: str | None, requests: Path | None, name: str) -> int:
    """Print what is left to do so that each open review has an issue that asks for its readings.

    An issue has the pages with their changes since the last review, and the form of each reader. With
    --existing, only what differs is listed: issues to create, update, reopen, or close. Nothing is sent.
    """
    if (platform is None) != (requests is None):
        raise HandbookError("give --on PLATFORM together with --requests FOLDER")
    publication = read_publication(root)
    handbook = handbook_of(publication)
    writer = IssueWriter(root, handbook, _addresses(publication, handbook), platform)
    wanted = [writer.issue(review_file) for review_file in handbook.reviews.open]
    changes = list(issue_changes(wanted, _existing(existing), writer.closing))
    if platform and requests:
        write_requests(requests, issue_requests(changes, platform))
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
    return read_existing(read_file(file), file.name) if file else []


def _addresses(publication: Publication, handbook: Handbook) -> dict[str, str]:
    """Return the addresses of published pages, if it is known where they are published."""
    base = handbook.registers.organization.handbook
    if base is None:
        return {}
    start, site_map = f"{base.rstrip('/')}/", publication.site_map()
    return {page.path: urljoin(start, site_map.address_of(page)) for page in handbook.pages}
