"""Which pages are to be reviewed now, and why."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from handbook.content.pages import Page
from handbook.due_dates import ReviewState
from handbook.model import Handbook
from handbook.rules.legal_review import LEGAL_FOLDERS
from handbook.rules.review_records import sources_changed_since_review


@dataclass(frozen=True, slots=True)
class DuePage:
    """A page that is due soon, due, or overdue: the day, None where nobody knows one, and the reason."""

    page: Page
    day: datetime.date | None
    reason: str

    @property
    def order(self) -> tuple[datetime.date, str]:
        """Return what sorts pages by urgency."""
        return self.day or datetime.date.min, self.page.path


def due_pages(handbook: Handbook) -> list[DuePage]:
    """Return the pages to review, most urgent first; a page that cannot be read is to be mended first."""
    readable = (page for page in handbook.pages if page.front_matter.readable)
    found = (
        min(reasons, key=lambda one: one.order) for page in readable if (reasons := [*_due(page, handbook)])
    )
    return sorted(found, key=lambda one: one.order)


def _due(page: Page, handbook: Handbook) -> Iterator[DuePage]:
    schedule = page.schedule
    if schedule is None:
        yield DuePage(page, None, "never reviewed")
    elif schedule.state(handbook.today) is not ReviewState.IN_ORDER:
        yield DuePage(page, schedule.due, f"due by {schedule.due}")
    for name, changed in sources_changed_since_review(page, handbook):
        yield DuePage(page, changed, f"due since {changed}, as '{name}' changed")
    legal = page.legal_review_due
    if page.path.startswith(LEGAL_FOLDERS) and (legal is None or legal < handbook.today):
        yield DuePage(page, legal, f"legal review due by {legal}" if legal else "no legal review yet")
