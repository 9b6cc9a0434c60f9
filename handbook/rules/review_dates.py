"""REV001 to REV004: the page was reviewed, and recently enough."""

from collections.abc import Iterator
from typing import Final

from handbook.content.pages import Page
from handbook.due_dates import ReviewState, parse_interval
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.rules.registry import rule
from handbook.yaml.written_dates import explain_date

UPDATE_HANDBOOK: Final = "update the handbook, whose newest release brings the review of this page"


@rule("REV001", "Page has the date of its last review", severity=Severity.ERROR)
def page_was_reviewed(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """Without this date, nobody knows when the page is due for review again.

    Bad:  (no `last_reviewed` key)
    Good: `last_reviewed: 2026-10-14`
    """
    if page.lacks("last_reviewed"):
        yield Problem(1, "no date of the last review; add for example `last_reviewed: 2026-10-14`")


@rule("REV002", "Date of the last review is valid", severity=Severity.ERROR)
def review_date_is_real(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A date in quotation marks is only text, and a date in the future is not a review that took place.

    Write the day as year, month and day, without quotation marks and without a time.

    Bad:  `last_reviewed: "2026-10-14"`
    Good: `last_reviewed: 2026-10-14`
    """
    if "last_reviewed" not in page.front_matter.values:
        return
    day = page.front_matter.day("last_reviewed")
    if day is None:
        value, written = page.front_matter.values["last_reviewed"], page.front_matter.written("last_reviewed")
        yield page.problem_at("last_reviewed", f"last_reviewed {explain_date(value, written)}")
    elif day > handbook.today:
        message = f"last_reviewed is {day}, in the future; write the day on which the review was decided"
        yield page.problem_at("last_reviewed", message)


@rule("REV003", "Review is not overdue", severity=Severity.ERROR)
def review_is_in_time(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A page that nobody rereads goes out of date, so every page is reviewed at least every six months.

    A page is overdue from the day after its due day. In the 30 days up to the due day, the finding is a
    warning. Pages about the tool, in `docs/audit/` and `docs/contributing/`, come reviewed with each release:
    for them, an overdue review is a notice.

    Bad:  `last_reviewed: 2025-10-14` (read on 20 November 2026)
    Good: `last_reviewed: 2026-10-14`
    """
    schedule = page.schedule
    if schedule is None:
        return
    state = schedule.state(handbook.today)
    if handbook.is_shipped(page):
        if state is ReviewState.OVERDUE:
            message = f"the review was due by {schedule.due}; {UPDATE_HANDBOOK}"
            yield page.problem_at("last_reviewed", message, Severity.INFO)
    elif state is ReviewState.OVERDUE:
        message = f"the review was due by {schedule.due}; review the page, then update last_reviewed"
        yield page.problem_at("last_reviewed", message)
    elif state is ReviewState.DUE_SOON:
        message = f"the review is due by {schedule.due}; plan it with the page's owner"
        yield page.problem_at("last_reviewed", message, Severity.WARNING)


@rule("REV004", "Review interval is 1 to 6 months", severity=Severity.ERROR)
def interval_is_short_enough(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """No page may go unreviewed for more than six months; some pages need a shorter interval.

    Bad:  `review_every: 8 months`
    Good: `review_every: 3 months`
    """
    if "review_every" not in page.front_matter.values:
        return
    try:
        parse_interval(page.front_matter.values["review_every"])
    except ValueError as error:
        yield page.problem_at("review_every", str(error))
