"""The facts under the heading of each page."""

import datetime
from dataclasses import dataclass

from handbook.content.pages import Page
from handbook.due_dates import ReviewState
from handbook.rules.legal_review import LEGAL_FOLDERS
from macros.context.site import Site
from macros.presentation.catalog import Catalog
from macros.presentation.dates import LocalizedDate, localized_date
from macros.presentation.localized import LocalizedText


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """A role and how to reach it."""

    role: LocalizedText
    email: str
    phone: str | None

    @property
    def dialled(self) -> str:
        """Return the telephone number as a link needs it."""
        return "".join(character for character in self.phone or "" if character in "+0123456789")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Owner, review and audience of a page, in the reader's words. What is unknown is None.

    `reviewed`, `due` and `legal_review` are None unless a record proves them. `needs_lawyer` tells whether
    the page needs a legal review, and `text_changed` whether its text is not the one that was reviewed.
    """

    owner: LocalizedText | None
    asked: ContactDetails
    reviewed: LocalizedDate | None
    due: LocalizedDate | None
    legal_review: LocalizedDate | None
    needs_lawyer: bool
    text_changed: bool
    audience: str | None
    overdue_at_build: bool
    time_zone: str
    hours: LocalizedText
    reply_target: LocalizedText


def page_facts(page: Page, site: Site, catalog: Catalog, today: datetime.date) -> PageFacts:
    """Collect the facts of a page, in the language of `catalog`."""
    owner = site.owners.find(page.owner) if page.owner else None
    handbook, audience = site.handbook, page.front_matter.texts("audience")
    review = handbook.last_review(page)
    schedule = review.schedule if review.schedule and review.schedule.last_reviewed <= today else None
    return PageFacts(
        owner=site.say(owner.title, catalog.language) if owner else None,
        asked=asked(site, owner.contact if owner else "social_media", catalog.language),
        reviewed=localized_date(schedule.last_reviewed if schedule else None, catalog),
        due=localized_date(schedule.due if schedule else None, catalog),
        legal_review=localized_date(handbook.legal_review(page), catalog),
        needs_lawyer=page.path.startswith(LEGAL_FOLDERS),
        text_changed=review.text_has_changed,
        audience=", ".join(catalog[f"audience.{name}"] for name in audience) or None,
        overdue_at_build=schedule is None or schedule.state(today) is ReviewState.OVERDUE,
        time_zone=site.organization.time_zone,
        hours=site.say(site.organization.monitoring_hours, catalog.language),
        reply_target=site.say(site.organization.reply_target, catalog.language),
    )


def asked(site: Site, purpose: str, language: str) -> ContactDetails:
    """Return the contact for a purpose, in a language."""
    contact = getattr(site.organization.contacts, purpose)
    return ContactDetails(site.say(contact.role, language), contact.email, contact.phone)
