"""The register of pages on one day: who owns each, whom it is for, and which review backs it."""

import datetime
from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from pydantic import Field

from handbook.compliance.tally import PageState, standing_on
from handbook.content.pages import Page
from handbook.content.site_map import SiteMap
from handbook.model import Handbook
from handbook.yaml.record import Record

State: TypeAlias = Literal["in_order", "due_soon", "changed", "overdue", "unreviewed", "unknown"]
_STATES: Final[Mapping[PageState, State]] = {
    PageState.IN_ORDER: "in_order",
    PageState.DUE_SOON: "due_soon",
    PageState.CHANGED: "changed",
    PageState.OVERDUE: "overdue",
    PageState.UNREVIEWED: "unreviewed",
    PageState.UNKNOWN: "unknown",
}


class RegisteredPage(Record):
    """The entry of one page. What is not known is null, or an empty list."""

    path: str = Field(description="The file of the page, as a path in the handbook.")
    address: str = Field(
        description="Where the page is read, as an address relative to the start of the site or edition."
    )
    title: str | None = Field(description="The title of the page.")
    language: str = Field(description="The language that the page is written in.")
    translation_of: str | None = Field(
        description="The path of the page that this one translates; null if it is not a translation."
    )
    section: str | None = Field(description="The title of its section in the navigation.")
    owner: str | None = Field(description="The role that owns the page, by its name in registers/owners.yml.")
    owner_title: str | None = Field(
        description="The title of that role, in the main language; null if it is not in the register."
    )
    audience: tuple[str, ...] = Field(description="The readers that the page is for.")
    sectors: tuple[str, ...] = Field(description="The sectors that the page is for; an empty list means all.")
    jurisdictions: tuple[str, ...] = Field(
        description="The jurisdictions that the page is for; an empty list means all."
    )
    last_reviewed: datetime.date | None = Field(
        description="The day on which the last review decided; null if no record backs the date of the page."
    )
    review_every: int | None = Field(description="The longest time between two reviews, in months.")
    due: datetime.date | None = Field(description="The last day on which the page is in order.")
    state: State = Field(
        description="The state of the page on the day of the register: due_soon in the 30 days up to its due"
        " day, overdue after it, unreviewed if no record backs the day of its review, changed if its text is"
        " not the one that was reviewed, unknown if that cannot be told, and otherwise in_order."
    )
    legal_review: datetime.date | None = Field(
        description="The day on which a lawyer last read the page; null if no lawyer's reading of that day is"
        " recorded."
    )
    sources: tuple[str, ...] = Field(
        description="The outside sources of the page, by their names in registers/sources.yml."
    )
    fingerprint: str | None = Field(
        description="The SHA-256 of the text below the front matter, as `handbook review fingerprint` prints"
        " it; null if the page cannot be read."
    )
    review_record: str | None = Field(
        description="The record of the review of the day in last_reviewed; null if there is none."
    )
    text_was_reviewed: bool | None = Field(
        description="Whether the text is the one that this review decided on, or a recorded editorial change"
        " of it; null without a record."
    )


class PageRegister(Record):
    """The register of pages on one day, in the order of their paths."""

    day: datetime.date = Field(description="The day of the register, to which the states of the pages apply.")
    pages: tuple[RegisteredPage, ...] = Field(description="Every published page, in the order of the paths.")


def page_register(handbook: Handbook, site_map: SiteMap) -> PageRegister:
    """Return the register of a handbook on its day."""
    pages = sorted(handbook.pages, key=lambda page: page.path)
    return PageRegister(
        day=handbook.today, pages=tuple(_registered(page, handbook, site_map) for page in pages)
    )


def _registered(page: Page, handbook: Handbook, site_map: SiteMap) -> RegisteredPage:
    organization, facts = handbook.registers.organization, page.front_matter
    original, review = site_map.original_of(page), handbook.last_review(page)
    schedule = review.schedule
    owner = handbook.registers.owners.find(page.owner) if page.owner else None
    return RegisteredPage(
        path=page.path,
        address=site_map.address_of(page),
        title=page.title,
        language=page.language,
        translation_of=None if original == page.path else original,
        section=site_map.section_of(page),
        owner=page.owner,
        owner_title=organization.say(owner.title, organization.main_language) if owner else None,
        audience=facts.texts("audience"),
        sectors=_applies_to(page, "sectors"),
        jurisdictions=_applies_to(page, "jurisdictions"),
        last_reviewed=schedule.last_reviewed if schedule else None,
        review_every=page.interval if facts.readable else None,
        due=schedule.due if schedule else None,
        state=_STATES[standing_on(review, handbook.today)],
        legal_review=handbook.legal_review(page),
        sources=facts.texts("sources"),
        fingerprint=handbook.fingerprint(page) if facts.readable else None,
        review_record=review.record,
        text_was_reviewed=review.text_was_reviewed,
    )


def _applies_to(page: Page, key: str) -> tuple[str, ...]:
    limits = page.front_matter.values.get("applies_to")
    return tuple(map(str, limits.get(key, ()))) if isinstance(limits, dict) else ()
