"""The facts under the heading of each page."""

import datetime
from dataclasses import dataclass

from handbook.content.pages import Page
from handbook.due_dates import ReviewState
from handbook.registers.contacts import Contact
from handbook.registers.field_types import parts_of_telephone
from handbook.rules.legal_review import LEGAL_FOLDERS
from macros.context.site import Site
from macros.presentation.catalog import Catalog
from macros.presentation.dates import LocalizedDate, localized_date
from macros.presentation.localized import LocalizedText


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """A role and how to reach it; `in_sentence` is the role as the middle of a sentence names it."""

    role: LocalizedText
    email: str
    phone: str | None
    in_sentence: LocalizedText

    @property
    def dialled(self) -> str:
        """Return the telephone number as a link needs it."""
        return dialled(self.phone or "")


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
        owner=site.say_of_register(owner.title, catalog.language) if owner else None,
        asked=asked_about(page, site, catalog.language),
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


def dialled(phone: str) -> str:
    """Return a telephone number as a link needs it, with the extension as RFC 3966 writes it."""
    number, extension = parts_of_telephone(phone)
    digits = "".join(character for character in number if character in "+0123456789")
    return f"{digits};ext={extension}" if extension else digits


def asked_about(page: Page, site: Site, language: str) -> ContactDetails:
    """Return the contact of the owner of a page, in a language."""
    owner = site.owners.find(page.owner) if page.owner else None
    return asked(site, owner.contact if owner else "social_media", language)


def asked(site: Site, purpose: str, language: str) -> ContactDetails:
    """Return the contact for a purpose, in a language."""
    contact = site.organization.contacts.of(purpose)
    role = site.say(contact.role, language)
    return ContactDetails(role, contact.email, contact.phone, _in_sentence(contact, role, site, language))


def _in_sentence(contact: Contact, role: LocalizedText, site: Site, language: str) -> LocalizedText:
    """Return the role with its article; without one of its own, that of the catalog."""
    if contact.in_sentence:
        return site.say(contact.in_sentence, language)
    words = site.catalogs[language]["contact.in_sentence"]
    return LocalizedText(words.format(role=role.text, lowered=_lowered(role.text)), role.language)


def _lowered(role: str) -> str:
    """Return a role as it is written inside a sentence, unless it is a name or has an abbreviation."""
    return role.lower() if role[1:] == role[1:].lower() else role
