"""`handbook forge issues`: prepares one issue for each owner."""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

import click

from handbook.check.runner import check, choose_rules
from handbook.files.tree import Folder
from handbook.forges.duties import duties_by_owner
from handbook.forges.owner_issues import issue_requests, known_issues, owner_issues
from handbook.markup.rendered_pages import RenderedPages
from handbook.model import Handbook
from handbook.registers.links import load_links
from handbook.reminders.notices import notices
from scripts.forge.options import (
    EPILOG,
    answers_in,
    existing_option,
    host_option,
    requests_option,
    write_and_count,
)
from scripts.options import exits_with_status, root_option, today_option
from scripts.site.publication import Publication, handbook_of, read_publication

_SAMPLE: Final = (
    "nobody gets an issue, because the owners of the sample are invented; delete the line `sample: true` in"
    " organization.yml once the handbook is yours"
)


@click.command(name="issues", epilog=EPILOG)
@host_option
@existing_option
@requests_option
@click.option(
    "--with-links",
    is_flag=True,
    help="Name the links that fail, too, after `handbook links --check`; without it, what is said stays.",
)
@root_option
@today_option
@exits_with_status
def command(
    host: str, existing: Path, folder: Path, with_links: bool, root: Path, today: datetime.date | None
) -> int:
    """Prepare one issue for each owner.

    Write the requests that give each owner one issue, or bring it up to date, or close it.

    An issue has the pages that are due within 30 days or overdue, what the check finds on the pages of the
    owner, and with --with-links the links that fail on them. What is on no page is for the editors. Nothing
    is sent, and if the issues are as they should be, nothing is to be sent.
    """
    publication = read_publication(root)
    handbook = handbook_of(publication, today)
    organization = handbook.registers.organization
    if organization.sample:
        click.echo(_SAMPLE, err=True)
        write_and_count(folder, [])
        return 0
    rendered = handbook.rendered_by(RenderedPages(None))
    duties = duties_by_owner(
        handbook,
        host,
        notices(handbook),
        check(rendered, choose_rules()).findings,
        load_links(Folder(root)) if with_links else None,
    )
    known = known_issues(host, answers_in(existing))
    name = organization.say(organization.name, organization.main_language)
    addresses = _addresses(publication, handbook)
    wanted = owner_issues(duties, known, addresses, name)
    write_and_count(folder, issue_requests(host, wanted, known))
    return 0


def _addresses(publication: Publication, handbook: Handbook) -> Mapping[str, str]:
    """Return the addresses of published pages, if the organization says where the handbook is."""
    base = handbook.registers.organization.handbook
    if base is None:
        return {}
    places, start = publication.site_map(), f"{base.rstrip('/')}/"
    return {page.path: urljoin(start, places.address_of(page)) for page in handbook.pages}
