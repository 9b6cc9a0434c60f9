"""The calendars that are built into the site: one of all due days, and one for each owner."""

import datetime
from collections.abc import Iterator, Mapping
from urllib.parse import urljoin

from handbook.content.pages import Page
from handbook.reviews.calendar import DueDay, as_calendar
from macros.context.site import Site
from macros.definitions.reviews import WHOLE_CALENDAR, owner_calendar


def calendars(site: Site, stamp: datetime.datetime) -> Mapping[str, bytes]:
    """Return each calendar by its path below the site; of an owner without dated pages there is none.

    A calendar without an event would not be one: RFC 5545 asks for at least one component.
    """
    words = site.catalogs[site.main_language].group("calendar")
    days = [(page.owner, day) for page in site.pages.values() for day in _due_days(page, site)]
    found = {WHOLE_CALENDAR: [day for _, day in days]}
    names = {WHOLE_CALENDAR: words["name"]}
    for role, owner in site.owners.owners.items():
        title = site.organization.say(owner.title, site.main_language)
        found[owner_calendar(role)] = [day for named, day in days if named == role]
        names[owner_calendar(role)] = words["name_of_owner"].format(owner=title)
    return {path: as_calendar(names[path], inside, stamp) for path, inside in found.items() if inside}


def _due_days(page: Page, site: Site) -> Iterator[DueDay]:
    """Yield the due day of a page that has one."""
    words = site.catalogs[site.main_language].group("calendar")
    owner = site.owners.find(page.owner) if page.owner else None
    base = site.organization.handbook
    if page.schedule:
        yield DueDay(
            identity=f"{site.organization.repository}#{page.path}",
            day=page.schedule.due,
            summary=words["event"].format(title=page.title or page.path),
            owner=site.organization.say(owner.title, site.main_language) if owner else words["no_owner"],
            address=urljoin(f"{base.rstrip('/')}/", site.address_of(page)) if base else None,
        )
