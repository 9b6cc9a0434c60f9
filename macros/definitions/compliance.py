"""The macro that shows how the pages stood over time, and the pictures it needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from handbook.history.compliance import Standing, Tally
from macros.context.registry import Here, macro
from macros.context.site import past_of
from macros.presentation.dates import Day
from macros.presentation.templates import render

_LIGHT: Final = "audit/data/compliance.svg"
_DARK: Final = "audit/data/compliance-dark.svg"


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
    from handbook.history.compliance_formats import (
        SMALL,  # The check loads this module, and would pay for it.
    )

    past, words = past_of(here.site), here.catalog.group("compliance")
    if past.gap:
        return render("past_unknown.html", reason=here.catalog[f"past.{past.gap.value}"])
    states = here.catalog.group("reviews")
    rows = [_row(here, one) for one in past.tallies]
    return render(
        "compliance.html",
        light=here.from_root(_LIGHT),
        dark=here.from_root(_DARK),
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
