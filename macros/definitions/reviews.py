"""Macros that show the state of the reviews of all pages.

A page may be read long after it was built. It names the day of the build with the states of that day, and
overrides/assets/javascripts/reviews.js updates them on the day of reading.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from handbook.compliance.tally import PageState, standing_on
from handbook.content.languages import UNMARKED
from handbook.content.pages import Page
from handbook.editions.branch_index import CALENDAR, owner_calendar
from handbook.registers.dissents import dissents as known_dissents
from handbook.registers.last_review import LastReview
from handbook.registers.review_records import ReviewFile, ReviewRecord
from macros.context.registry import MacroContext, macro
from macros.presentation.dates import LocalizedDate, localized_date
from macros.presentation.templates import render

# A class sets the length of a bar, in so many steps, because a page may have no inline style.
_STEPS: Final = 20


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A row in the list of all pages. `group` has the classes of its owner and section for the script."""

    title: str
    language: str
    link: str
    owner: str
    section: str
    group: str
    reviewed: LocalizedDate | None
    due: LocalizedDate | None
    due_soon_from: LocalizedDate | None
    state: str

    @property
    def fixed_state(self) -> str | None:
        """Return the state if a later day changes it only to overdue, or None."""
        return fixed_state(self.state)


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """How many pages of an owner or a section are in each state."""

    name: str
    group: str
    counts: Sequence[tuple[str, int]]
    calendar: str | None = None


@macro(templates=("review_dashboard.html",))
def review_dashboard(context: MacroContext) -> str:
    """Show which pages are in order, due soon and overdue: as a chart, by owner, by section, and as a list.

    The states are those of the day of reading; without scripts, those of the day that the page names.

    Example: {{ review_dashboard() }}
    """
    context.required_page()
    today = context.site.organization.today()
    reviews = _by_due_day(context)
    pages = [page for page, _ in reviews]
    owners = _numbered([owner_title(context, page) for page in pages], "owner")
    sections = _numbered([section_title(context, page) for page in pages], "section")
    rows = [_shown_page(context, page, review, owners, sections, today) for page, review in reviews]
    return render(
        "review_dashboard.html",
        day=localized_date(today, context.catalog),
        bars=_bars([row.state for row in rows]),
        owners=[
            _group(name, group, rows, _calendar(context, name, reviews)) for name, group in owners.items()
        ],
        sections=[_group(name, group, rows) for name, group in sections.items()],
        pages=rows,
        states=_STATES,
        everything=_calendar_address(context, CALENDAR)
        if any(review.schedule for _, review in reviews)
        else None,
        words=context.catalog.group("reviews"),
    )


@macro(templates=("open_reviews.html",))
def open_reviews(context: MacroContext) -> str:
    """Show a table of the open reviews: their pages, who has read them, and who has not.

    The records are in registers/reviews/.

    Example: {{ open_reviews() }}
    """
    rows = [_open_review(context, review_file) for review_file in context.site.registers.reviews.open]
    return render("open_reviews.html", rows=rows, words=context.catalog.group("open_reviews"))


@macro(templates=("open_questions.html",), registers=("registers/open_questions.yml",))
def open_questions(context: MacroContext) -> str:
    """Show how many questions of staff are open, and a table of them: page, since when, and how often.

    They are in registers/open_questions.yml; `handbook questions` adds, lists, and answers them.

    Example: {{ open_questions() }}
    """
    questions = context.site.registers.open_questions.questions.values()
    rows = [
        {
            "question": question.question,
            "language": question.language if question.language != context.language else None,
            "path": question.page,
            "link": context.link(question.page) if question.page else None,
            "since": localized_date(question.asked_on, context.catalog),
            "count": question.count,
        }
        for question in questions
    ]
    words = context.catalog.group("open_questions")
    return render("open_questions.html", rows=rows, words=words)


@macro(templates=("dissents.html",))
def dissents(context: MacroContext) -> str:
    """Show the readings with a verdict that the meeting did not follow, newest meeting first.

    The records are in registers/reviews/.

    Example: {{ dissents() }}
    """
    dissents = sorted(known_dissents(context.site.registers.reviews.files), key=lambda row: row.met_on)
    rows = [
        {
            "met_on": localized_date(row.met_on, context.catalog),
            "page": _named_page(context, row.page),
            "role": _titles(context, [row.role])[0],
            "verdict": context.catalog[f"dissents.{row.verdict}"],
            "words": row.words,
            "outcome": context.catalog[f"dissents.{row.outcome}"],
            "reason": row.reason,
        }
        for row in reversed(dissents)
    ]
    return render("dissents.html", rows=rows, words=context.catalog.group("dissents"))


def fixed_state(state: str) -> str | None:
    """Return a state that depends on the text of a page and not on the day of reading, or None."""
    return state if state in ("changed", "unknown") else None


_STATES: Final = tuple(standing.name.lower() for standing in PageState)


def _by_due_day(context: MacroContext) -> list[tuple[Page, LastReview]]:
    """Return all pages with their last reviews, by due day; pages that were never reviewed come first."""
    handbook = context.site.handbook
    reviews = [(page, handbook.last_review(page)) for page in handbook.pages]
    return sorted(reviews, key=_due_day)


def _due_day(reviewed: tuple[Page, LastReview]) -> tuple[date, str]:
    page, review = reviewed
    return review.schedule.due if review.schedule else date.min, page.path


def _numbered(names: Sequence[str], kind: str) -> dict[str, str]:
    """Return a class for each name, numbered in alphabetical order."""
    return {name: f"of-{kind}-{number}" for number, name in enumerate(sorted(set(names)))}


def _shown_page(
    context: MacroContext,
    page: Page,
    review: LastReview,
    owners: dict[str, str],
    sections: dict[str, str],
    today: date,
) -> ShownPage:
    owner, section, schedule = owner_title(context, page), section_title(context, page), review.schedule
    return ShownPage(
        title=page.title or page.path,
        language=page.language,
        link=context.from_root(context.site.address_of(page)),
        owner=owner,
        section=section,
        group=f"{owners[owner]} {sections[section]}",
        reviewed=localized_date(schedule.last_reviewed if schedule else None, context.catalog),
        due=localized_date(schedule.due if schedule else None, context.catalog),
        due_soon_from=localized_date(schedule.due_soon_from if schedule else None, context.catalog),
        state=standing_on(review, today).name.lower(),
    )


def owner_title(context: MacroContext, page: Page) -> str:
    """Return the title of the role that owns a page, or the words for no owner, in the reader's language."""
    owner = context.site.owners.find(page.owner) if page.owner else None
    return context.say(owner.title) if owner else context.catalog["reviews.no_owner"]


def section_title(context: MacroContext, page: Page) -> str:
    """Return the page's section of the navigation, in the reader's language if the catalog has it."""
    title = context.site.site_map.section_of(page)
    if title is None:
        return context.catalog["reviews.no_section"]
    english = context.site.catalogs[UNMARKED].group("navigation")
    key = next((key for key, text in english.items() if text == title), None)
    return context.catalog[f"navigation.{key}"] if key else title


def _calendar(context: MacroContext, owner: str, reviews: Sequence[tuple[Page, LastReview]]) -> str | None:
    """Return a link to the calendar of an owner, or None."""
    pages = [page for page, review in reviews if review.schedule]
    roles = {page.owner for page in pages if owner_title(context, page) == owner}
    known = sorted(role for role in roles if role and context.site.owners.find(role))
    return _calendar_address(context, owner_calendar(known[0])) if known else None


def _calendar_address(context: MacroContext, path: str) -> str:
    """Return a link to a calendar; that of an edition would never change, so the one beside it is linked."""
    address = context.from_root(path)
    return f"../{address}" if context.site.editions.own else address


def _group(name: str, group: str, rows: Sequence[ShownPage], calendar: str | None = None) -> ShownGroup:
    states = Counter(row.state for row in rows if group in row.group.split())
    return ShownGroup(name, group, [(state, states[state]) for state in _STATES], calendar)


def _bars(states: Sequence[str]) -> list[tuple[str, int, int]]:
    """Return each state, its number of pages, and the length of its bar, which is at least 1 for one page."""
    counts = Counter(states)
    return [
        (state, counts[state], math.ceil(_STEPS * counts[state] / max(len(states), 1))) for state in _STATES
    ]


def _open_review(context: MacroContext, review_file: ReviewFile) -> dict[str, object]:
    record = review_file.record
    return {
        "name": review_file.name,
        "started": localized_date(record.started, context.catalog),
        "pages": [_named_page(context, path) for path in record.pages],
        "signed": _roles(context, record, signed=True),
        "waiting": _roles(context, record, signed=False),
    }


def _named_page(context: MacroContext, path: str) -> tuple[str, str | None]:
    """Return the title of a page and a link to it; for a page that is gone, its path and None."""
    page = context.site.pages.get(path.removeprefix("docs/"))
    return (page.title or path, context.from_root(context.site.address_of(page))) if page else (path, None)


def _roles(context: MacroContext, record: ReviewRecord, *, signed: bool) -> list[str]:
    roles = [role for role, reading in record.readings.items() if (reading is not None) is signed]
    return _titles(context, roles)


def _titles(context: MacroContext, roles: Sequence[str]) -> list[str]:
    """Return the titles of roles; a role that is not in the register is named as it is written."""
    known = context.site.owners
    owners = [(role, known.find(known.now_called(role))) for role in roles]
    return [context.say(owner.title) if owner else role for role, owner in owners]
