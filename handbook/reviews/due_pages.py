"""Which pages need a review now, and why."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from handbook.content.pages import Page
from handbook.due_dates import ReviewState
from handbook.model import Handbook
from handbook.rules.legal_review import LEGAL_FOLDERS
from handbook.rules.reviewed_pages import sources_changed_since_review


@dataclass(frozen=True, slots=True)
class DuePage:
    """A page that is due soon, due, or overdue, with the due day (None if unknown) and the reason."""

    page: Page
    day: datetime.date | None
    reason: str


def due_pages(handbook: Handbook) -> list[DuePage]:
    """Return the pages to review, most urgent first.

    Pages whose front matter cannot be read, and those that the release brings reviewed, are left out.
    """
    readable = (page for page in handbook.own_pages if page.front_matter.readable)
    due = (min(reasons, key=_order) for page in readable if (reasons := [*_reasons(page, handbook)]))
    return sorted(due, key=_order)


def _order(due: DuePage) -> tuple[datetime.date, str]:
    return due.day or datetime.date.min, due.page.path


def _reasons(page: Page, handbook: Handbook) -> Iterator[DuePage]:
    schedule = handbook.last_review(page).schedule
    if schedule is None:
        yield DuePage(page, None, "never reviewed")
    elif schedule.state(handbook.today) is not ReviewState.IN_ORDER:
        yield DuePage(page, schedule.due, f"due by {schedule.due}")
    for name, changed in sources_changed_since_review(page, handbook):
        yield DuePage(page, changed, f"due since {changed}, when '{name}' changed")
    legal = page.legal_review_due if handbook.legal_review(page) else None
    if page.path.startswith(LEGAL_FOLDERS) and (legal is None or legal < handbook.today):
        yield DuePage(page, legal, f"legal review due by {legal}" if legal else "no legal review yet")
