"""The calendars of the site: one with all due days, and one for each owner."""

import datetime
from collections.abc import Iterator, Mapping
from urllib.parse import urljoin

from handbook.content.pages import Page
from handbook.editions.branch_index import CALENDAR, owner_calendar
from handbook.registers.last_review import LastReview
from handbook.reviews.calendar import DueDay, Revision, as_calendar
from handbook.reviews.event_revisions import event_revisions
from macros.context.site import Site


def calendars(site: Site, stamp: datetime.datetime) -> Mapping[str, bytes]:
    """Return each calendar by its path below the site; an owner without dated pages has none.

    RFC 5545 requires at least one component in a calendar.
    """
    words = site.catalogs[site.main_language].group("calendar")
    handbook = site.handbook
    revisions = event_revisions(site.history, site.source) if site.source else {}
    days = [
        (page.owner, day)
        for page in handbook.pages
        for day in _due_days(page, handbook.last_review(page), site, revisions)
    ]
    due_days = {CALENDAR: [day for _, day in days]}
    names = {CALENDAR: words["name"]}
    for role, owner in site.owners.owners.items():
        title = site.variants.text(site.organization.say(owner.title, site.main_language), site.main_language)
        due_days[owner_calendar(role)] = [day for named, day in days if named == role]
        names[owner_calendar(role)] = words["name_of_owner"].format(owner=title)
    return {path: as_calendar(names[path], inside, stamp) for path, inside in due_days.items() if inside}


def _due_days(
    page: Page, review: LastReview, site: Site, revisions: Mapping[str, Revision]
) -> Iterator[DueDay]:
    """Yield the due day of a page, if a record proves its last review."""
    catalog = site.catalogs[site.main_language]
    words = catalog.group("calendar")
    owner = site.owners.find(page.owner) if page.owner else None
    owner_title = site.organization.say(owner.title, site.main_language) if owner else words["no_owner"]
    base = site.organization.handbook
    if review.schedule:
        yield DueDay(
            identity=f"{site.organization.repository}#{page.path}",
            day=review.schedule.due,
            summary=words["event_changed" if review.text_has_changed else "event"].format(
                title=site.variants.text(page.title or page.path, page.language)
            ),
            description=words["description"].format(
                day=catalog.day(review.schedule.last_reviewed),
                owner=owner_title,
                command=f"handbook review start {page.path}",
            ),
            owner=owner_title,
            address=urljoin(f"{base.rstrip('/')}/", site.address_of(page)) if base else None,
            revision=revisions.get(page.path),
        )
