"""The register of pages: who owns each, whom it is for, and what its review rests on, on one day."""

import datetime
from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from pydantic import Field

from handbook.content.fingerprints import fingerprint
from handbook.content.pages import Page
from handbook.content.site_map import SiteMap
from handbook.history.compliance import Standing, standing_on
from handbook.model import Handbook
from handbook.record import Record

State: TypeAlias = Literal["in_order", "due_soon", "overdue", "unreviewed"]
_STATES: Final[Mapping[Standing, State]] = {
    Standing.IN_ORDER: "in_order",
    Standing.DUE_SOON: "due_soon",
    Standing.OVERDUE: "overdue",
    Standing.UNREVIEWED: "unreviewed",
}


class RegisteredPage(Record):
    """What the register says of one page. What nobody knows is null, or empty where it is a list."""

    path: str = Field(description="The file of the page, from the folder of the handbook.")
    address: str = Field(description="Where the page is read, from the start of the site or edition.")
    title: str | None = Field(description="The title of the page.")
    language: str = Field(description="The language that the page is written in.")
    translation_of: str | None = Field(
        description="The path of the page that this one renders in another language."
    )
    section: str | None = Field(description="The title of the section of the navigation that it stands in.")
    owner: str | None = Field(description="The role that owns the page, by its name in registers/owners.yml.")
    owner_title: str | None = Field(
        description="The title of that role, in the main language; null where it is not in the register."
    )
    audience: tuple[str, ...] = Field(description="Whom the page is for.")
    sectors: tuple[str, ...] = Field(description="The sectors that the page is for; without any, all.")
    jurisdictions: tuple[str, ...] = Field(
        description="The jurisdictions that the page is for; without any, all."
    )
    last_reviewed: datetime.date | None = Field(description="The day on which the last review decided.")
    review_every: int | None = Field(description="The most months between two reviews.")
    due: datetime.date | None = Field(description="The last day on which the page is in order.")
    state: State = Field(
        description="How the page stands on the day of the register: in order through its due day, due soon"
        " in the last 30 days before, overdue after it, unreviewed where it has no day of a review."
    )
    legal_review: datetime.date | None = Field(description="The day on which a lawyer last read the page.")
    sources: tuple[str, ...] = Field(
        description="The outside sources that the page rests on, by their names in registers/sources.yml."
    )
    fingerprint: str | None = Field(
        description="The SHA-256 of the text below the front matter, as `handbook review fingerprint` prints"
        " it; null where the page cannot be read."
    )
    review_record: str | None = Field(
        description="The record of the review that decided on the day in last_reviewed; null where none does."
    )
    text_was_reviewed: bool | None = Field(
        description="Whether the text is the one that this review decided on, or an editorial change of it"
        " that was recorded; null without a record."
    )


class PageRegister(Record):
    """The register of pages on one day, in the order of their paths."""

    day: datetime.date = Field(description="The day on which the states of the pages hold.")
    pages: tuple[RegisteredPage, ...] = Field(description="Every published page, in the order of the paths.")


def page_register(handbook: Handbook, places: SiteMap) -> PageRegister:
    """Return the register of a handbook on its day."""
    pages = sorted(handbook.pages, key=lambda page: page.path)
    return PageRegister(
        day=handbook.today, pages=tuple(_registered(page, handbook, places) for page in pages)
    )


def _registered(page: Page, handbook: Handbook, places: SiteMap) -> RegisteredPage:
    organization, facts = handbook.registers.organization, page.front_matter
    original, schedule = places.original_of(page), page.schedule
    owner = handbook.registers.owners.find(page.owner) if page.owner else None
    record, text_was_reviewed = _backing(page, handbook)
    return RegisteredPage(
        path=page.path,
        address=places.address_of(page),
        title=page.title,
        language=page.language,
        translation_of=None if original == page.path else original,
        section=places.section_of(page),
        owner=page.owner,
        owner_title=organization.say(owner.title, organization.languages[0]) if owner else None,
        audience=facts.texts("audience"),
        sectors=_applies_to(page, "sectors"),
        jurisdictions=_applies_to(page, "jurisdictions"),
        last_reviewed=facts.day("last_reviewed"),
        review_every=page.interval if facts.readable else None,
        due=schedule.due if schedule else None,
        state=_STATES[standing_on(schedule, handbook.today)],
        legal_review=facts.day("legal_review"),
        sources=facts.texts("sources"),
        fingerprint=fingerprint(page.body) if facts.readable else None,
        review_record=record,
        text_was_reviewed=text_was_reviewed,
    )


def _applies_to(page: Page, key: str) -> tuple[str, ...]:
    kinds = page.front_matter.values.get("applies_to")
    return tuple(map(str, kinds.get(key, ()))) if isinstance(kinds, dict) else ()


def _backing(page: Page, handbook: Handbook) -> tuple[str | None, bool | None]:
    """Return the record that the date of the last review rests on, and whether it knows the text."""
    day = page.front_matter.day("last_reviewed")
    decided = handbook.reviews.reviewed_on(page.path, day) if day else None
    if decided is None or day is None:
        return None, None
    return decided.review_file.path, fingerprint(page.body) in handbook.reviews.known_texts(page.path, day)
