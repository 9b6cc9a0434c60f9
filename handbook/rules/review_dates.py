"""REV001 to REV004, and REV012: the page was reviewed, and recently enough."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from handbook.baseline import Baseline
from handbook.content.page_keys.single_values import day_problem
from handbook.content.pages import Page
from handbook.due_dates import ReviewState, parse_interval
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.registers.organization import FILE as ORGANIZATION
from handbook.rules.registry import rule
from handbook.text.counting import counted
from handbook.text.quoting import in_shell

UPDATE_HANDBOOK: Final = "update the handbook, whose newest release brings the review of this page"


@rule("REV001", "Page has the date of its last review", severity=Severity.ERROR)
def page_was_reviewed(page: Page, is_whole: bool, baseline: Baseline | None) -> Iterator[Problem]:
    """Without this date, nobody knows when the page is due for review again.

    A page that came with the handbook says `last_reviewed: never` until its first review here. REV012 reports
    all such pages together. They are reported one by one only if you name them, or if a change adds them.

    Bad:  (no `last_reviewed` key)
    Good: `last_reviewed: 2026-10-14`
    """
    if page.was_never_reviewed:
        if not is_whole or (baseline and _is_newly_never(page, baseline)):
            review = f"handbook review start {in_shell(page.path)}"
            message = f"nobody here has reviewed this page; start with `{review}`"
            yield page.problem_at("last_reviewed", message)
    elif page.lacks("last_reviewed"):
        review = f"handbook review start {in_shell(page.path)}"
        message = (
            f"no date of the last review; start with `{review}`, and closing that review writes the date"
        )
        yield Problem(1, message)


def _is_newly_never(page: Page, baseline: Baseline) -> bool:
    """Tell whether a change says for the first time that a page was never reviewed."""
    before = baseline.page(page.path)
    return before is None or not before.was_never_reviewed


@rule("REV012", "First review has taken place", severity=Severity.ERROR)
def adopted_pages_were_reviewed(handbook: Handbook) -> Iterator[Problem]:
    """A page that another organization wrote is yours once your people have read it and agreed to it.

    `handbook adopt` writes `last_reviewed: never` into each page that came with the handbook, and a review
    replaces it with its day. Until then, all such pages are one finding, with the number of pages in each
    folder. Their legal review is part of it.

    Bad:  `last_reviewed: never`
    Good: `last_reviewed: 2026-10-14`
    """
    pages = [page for page in handbook.own_pages if page.was_never_reviewed]
    if pages:
        waiting = sum(page.path in handbook.reviews.open_by_page for page in pages)
        message = f"{_counted(pages)} never reviewed here{_by_folder(pages)}; {_next(len(pages), waiting)}"
        yield Problem(1, message, path=ORGANIZATION)


def _counted(pages: Sequence[Page]) -> str:
    return f"{counted(len(pages), 'page')} {'was' if len(pages) == 1 else 'were'}"


def _by_folder(pages: Sequence[Page]) -> str:
    """Return how many pages each folder has, if there are several."""
    folders = Counter(page.path.rpartition("/")[0] for page in pages)
    parts = ", ".join(f"{folder}: {number}" for folder, number in sorted(folders.items()))
    return f" ({parts})" if len(folders) > 1 else ""


def _next(number: int, waiting: int) -> str:
    """Return what to do: start reviews, or bring those to an end that are open."""
    if waiting == number:
        return "the reviews are open; see who has not signed with `handbook review status`"
    open_ones = f", besides the {counted(waiting, 'page')} in open reviews" if waiting else ""
    return f"start the first review with `handbook review start`{open_ones}"


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
        yield page.problem_at("last_reviewed", day_problem("last_reviewed", value, written))
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
