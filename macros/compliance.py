"""The macro that shows how the pages stood over time, and the pictures it needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from handbook.compliance import Standing, Tally
from handbook.known_past import KnownPast, known_past
from handbook.reports.compliance import SMALL, SMALL_AND_DARK, as_svg
from macros.facts import Day
from macros.library import Here, macro
from macros.site import Site
from macros.templates import render

_PICTURES: Final = {"audit/data/compliance.svg": SMALL, "audit/data/compliance-dark.svg": SMALL_AND_DARK}


@dataclass(frozen=True, slots=True)
class MonthRow:
    """How many pages stood where at the end of a month, and the share in order in the reader's words."""

    day: Day
    pages: int
    counts: Sequence[int]
    share: str | None


@macro
def compliance_over_time(here: Here) -> str:
    """Show which part of the pages was in order at the end of each month: as a picture, and as a table.

    It is read from the history in git of the copy that the site is built from; without it, this says what
    to do.

    Example: {{ compliance_over_time() }}
    """
    here.required_page()
    past, words = past_of(here.site), here.catalog.group("compliance")
    if past.gap:
        return render("past_unknown.html", reason=words[past.gap.value])
    states = here.catalog.group("reviews")
    rows = [_row(here, one) for one in past.tallies]
    light, dark = map(here.from_root, _PICTURES)
    return render(
        "compliance.html",
        light=light,
        dark=dark,
        look=SMALL,
        first=rows[0],
        rows=rows[::-1],
        states=[states[standing.name.lower()] for standing in Standing],
        words=words,
    )


def _row(here: Here, one: Tally) -> MonthRow:
    counts = [one.counts[standing] for standing in Standing]
    percent = None if one.percent is None else here.catalog.percent(one.percent)
    return MonthRow(Day(one.day.isoformat(), here.catalog.day(one.day)), one.pages, counts, percent)


def past_of(site: Site) -> KnownPast:
    """Return how the pages stood, up to the day of the build."""
    return known_past(site.root, site.organization.time_zone, site.organization.today())


def pictures(site: Site) -> Mapping[str, bytes]:
    """Return each picture by its path below the site; where the past is not known, there is none."""
    past = past_of(site)
    if past.gap:
        return {}
    return {path: as_svg(past.tallies, look).encode() for path, look in _PICTURES.items()}
