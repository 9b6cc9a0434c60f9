"""Which text a page has in substance: the one that people accepted, whatever was only worded better since."""

import datetime
from dataclasses import dataclass

from handbook.content.pages import Page
from handbook.model import Handbook


@dataclass(frozen=True, slots=True)
class _KnownText:
    """A text that a record names: reviewed, or reached from the text before it by an editorial change."""

    day: datetime.date
    is_editorial: bool
    fingerprint: str


def substance_of(handbook: Handbook, page: Page) -> str:
    """Return the fingerprint of the text that a page has in substance.

    It stays the same through editorial changes that records prove, and is that of the present text if no
    record names it: whoever accepted a page is asked again after any other change.
    """
    known = _known_texts(handbook, page)
    fingerprint = handbook.fingerprint(page)
    place = _first(known, fingerprint)
    # The text before it is first named at an earlier place, so this ends.
    while place and known[place].is_editorial:
        fingerprint = known[place - 1].fingerprint
        place = _first(known, fingerprint)
    return fingerprint


def _first(known: list[_KnownText], fingerprint: str) -> int | None:
    return next((place for place, text in enumerate(known) if text.fingerprint == fingerprint), None)


def _known_texts(handbook: Handbook, page: Page) -> list[_KnownText]:
    """Return the texts of a page that records name, oldest first; on one day, the reviewed ones first."""
    reviewed = (
        _KnownText(decided.meeting.date, False, decided.decision.fingerprint)
        for decided in handbook.reviews.decisions_about(page.path)
        if decided.decision.fingerprint and not decided.retires
    )
    editorial = (
        _KnownText(change.date, True, change.fingerprint)
        for change in handbook.reviews.changes_of(page.path, handbook.editors_in_records(page))
    )
    return sorted([*reviewed, *editorial], key=lambda text: (text.day, text.is_editorial))
