"""What the records say about the last review of a page, because a date in its front matter proves nothing."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from handbook.content.fingerprints import is_first_version
from handbook.content.pages import Page
from handbook.due_dates import ReviewSchedule
from handbook.registers.review_index import PageDecision, Reviews


@dataclass(frozen=True, slots=True)
class LastReview:
    """The review that a record proves.

    `schedule` and `record`, the path of the record, are None if no record backs the date of the page.
    `text_was_reviewed` is None if nobody can tell. `is_known` is false if the records cannot be read.
    """

    schedule: ReviewSchedule | None = None
    record: str | None = None
    text_was_reviewed: bool | None = None
    is_known: bool = True

    @property
    def text_has_changed(self) -> bool:
        """Tell whether the page is known to have another text than the one that was reviewed."""
        return self.text_was_reviewed is False


UNKNOWN_REVIEW: Final = LastReview(is_known=False)


def last_review(
    page: Page,
    has_text: Callable[[Collection[str]], bool | None],
    reviews: Reviews,
    editors: Collection[str] | None = None,
) -> LastReview:
    """Return the last review of a page.

    `has_text` tells whether its text has one of some fingerprints; None if nobody can tell. Editorial changes
    count if one of `editors` recorded them, or, if that is None, whoever did.
    """
    schedule = page.schedule
    decided = backing(page, reviews)
    if schedule is None or decided is None:
        return LastReview()
    known = reviews.known_texts(page.path, schedule.last_reviewed, editors)
    return LastReview(schedule, decided.review_file.path, has_text(known) if known else None)


def backing(page: Page, reviews: Reviews) -> PageDecision | None:
    """Return the decision that backs the date of a page, or None.

    Only the last decision counts: what an earlier meeting kept, a later one has changed or retired.
    """
    day = page.front_matter.day("last_reviewed")
    last = reviews.last_decision_about(page.path)
    return last if last and last.meeting.date == day and not last.retires else None


def is_known_text(text: str, known: Collection[str]) -> bool | None:
    """Tell whether a fingerprint is among those of reviewed texts; None if they are of another version."""
    if text in known:
        return True
    is_first = is_first_version(text)
    return False if all(is_first_version(other) is is_first for other in known) else None
