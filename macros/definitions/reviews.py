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

from handbook.compliance.tally import Standing, standing_on
from handbook.content.pages import Page
from handbook.registers.dissents import dissents as known_dissents
from handbook.registers.review_records import ReviewFile, ReviewRecord
from macros.context.registry import MacroContext, macro
from macros.presentation.dates import LocalizedDate, localized_date
from macros.presentation.templates import render

# A class sets the length of a bar, in so many steps, because a page may have no inline style.
_STEPS: Final = 20
WHOLE_CALENDAR: Final = "reviews.ics"


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
    pages = _in_order_of_due_day(context)
    owners = _numbered([owner_title(context, page) for page in pages], "owner")
    sections = _numbered([section_title(context, page) for page in pages], "section")
    rows = [_shown_page(context, page, owners, sections, today) for page in pages]
    return render(
        "review_dashboard.html",
        day=localized_date(today, context.catalog),
        bars=_bars([row.state for row in rows]),
        owners=[_group(name, group, rows, _calendar(context, name, pages)) for name, group in owners.items()],
        sections=[_group(name, group, rows) for name, group in sections.items()],
        pages=rows,
        states=_STATES,
        everything=context.from_root(WHOLE_CALENDAR) if any(page.schedule for page in pages) else None,
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


@macro(templates=("dissents.html",))
def dissents(context: MacroContext) -> str:
    """Show the readings with a verdict that the meeting did not follow, newest meeting first.

    The records are in registers/reviews/.

    Example: {{ dissents() }}
    """
    found = sorted(known_dissents(context.site.registers.reviews.files), key=lambda row: row.met_on)
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
        for row in reversed(found)
    ]
    return render("dissents.html", rows=rows, words=context.catalog.group("dissents"))


_STATES: Final = tuple(standing.name.lower() for standing in Standing)


def _in_order_of_due_day(context: MacroContext) -> list[Page]:
    """Return all pages by due day; pages that were never reviewed come first."""
    never = date.min
    return sorted(
        context.site.pages.values(),
        key=lambda page: (page.schedule.due if page.schedule else never, page.path),
    )


def _numbered(names: Sequence[str], kind: str) -> dict[str, str]:
    """Return a class for each name, numbered in alphabetical order."""
    return {name: f"of-{kind}-{number}" for number, name in enumerate(sorted(set(names)))}


def _shown_page(
    context: MacroContext, page: Page, owners: dict[str, str], sections: dict[str, str], today: date
) -> ShownPage:
    owner, section, schedule = owner_title(context, page), section_title(context, page), page.schedule
    return ShownPage(
        title=page.title or page.path,
        language=page.language,
        link=context.from_root(context.site.address_of(page)),
        owner=owner,
        section=section,
        group=f"{owners[owner]} {sections[section]}",
        reviewed=localized_date(page.front_matter.day("last_reviewed"), context.catalog),
        due=localized_date(schedule.due if schedule else None, context.catalog),
        due_soon_from=localized_date(schedule.due_soon_from if schedule else None, context.catalog),
        state=standing_on(schedule, today).name.lower(),
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
    english = context.site.catalogs[context.site.main_language].group("navigation")
    key = next((key for key, text in english.items() if text == title), None)
    return context.catalog[f"navigation.{key}"] if key else title


def _calendar(context: MacroContext, owner: str, pages: Sequence[Page]) -> str | None:
    """Return a link to the calendar of an owner, or None."""
    roles = {page.owner for page in pages if page.schedule and owner_title(context, page) == owner}
    known = sorted(role for role in roles if role and context.site.owners.find(role))
    return context.from_root(owner_calendar(known[0])) if known else None


def owner_calendar(role: str) -> str:
    """Return the path of an owner's calendar below the site."""
    return f"reviews/{role}.ics"


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
    owners = [(role, context.site.owners.find(role)) for role in roles]
    return [context.say(owner.title) if owner else role for role, owner in owners]
