"""The macro that shows how the pages stood over time, and the pictures it needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from handbook.history.compliance import Standing, Tally
from handbook.history.compliance_formats import SMALL
from macros.context.registry import MacroContext, macro
from macros.presentation.dates import LocalizedDate
from macros.presentation.templates import render

LIGHT_CHART: Final = "audit/data/compliance.svg"
DARK_CHART: Final = "audit/data/compliance-dark.svg"


@dataclass(frozen=True, slots=True)
class MonthRow:
    """How many pages stood where at the end of a month, and the share in order in the reader's words."""

    day: LocalizedDate
    pages: int
    counts: Sequence[int]
    share: str | None


@macro(
    templates=(
        "compliance.html",
        "past_unknown.html",
    )
)
def compliance_over_time(context: MacroContext) -> str:
    """Show which part of the pages was in order at the end of each month: as a picture, and as a table.

    It is read from the history in git of the copy that the site is built from; without it, this says what
    to do.

    Example: {{ compliance_over_time() }}
    """
    context.required_page()
    past, words = context.site.compliance, context.catalog.group("compliance")
    if past.unavailable:
        return render("past_unknown.html", reason=context.catalog[f"past.{past.unavailable.value}"])
    states = context.catalog.group("reviews")
    rows = [_row(context, one) for one in past.tallies]
    return render(
        "compliance.html",
        light=context.from_root(LIGHT_CHART),
        dark=context.from_root(DARK_CHART),
        look=SMALL,
        first=rows[0],
        rows=rows[::-1],
        states=[states[standing.name.lower()] for standing in Standing],
        words=words,
    )


def _row(context: MacroContext, one: Tally) -> MonthRow:
    counts = [one.counts[standing] for standing in Standing]
    percent = None if one.percent is None else context.catalog.percent(one.percent)
    return MonthRow(
        LocalizedDate(one.day.isoformat(), context.catalog.day(one.day)), one.pages, counts, percent
    )
