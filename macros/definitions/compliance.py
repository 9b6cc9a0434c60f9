"""The macro that shows the state of the pages over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from handbook.compliance.formats import SMALL
from handbook.compliance.tally import PageState, Tally
from macros.context.registry import MacroContext, macro
from macros.presentation.dates import LocalizedDate
from macros.presentation.templates import render

LIGHT_CHART: Final = "audit/data/compliance.svg"
DARK_CHART: Final = "audit/data/compliance-dark.svg"


@dataclass(frozen=True, slots=True)
class MonthRow:
    """How many pages were in each state at the end of a month, and the share in order."""

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
    """Show the share of pages that were in order at the end of each month: as a chart and as a table.

    The data comes from the git history of the copy that the site is built from. If there is none, the macro
    says what to do.

    Example: {{ compliance_over_time() }}
    """
    context.required_page()
    compliance, words = context.site.compliance, context.catalog.group("compliance")
    if compliance.unavailable:
        return render("past_unknown.html", reason=context.catalog[f"past.{compliance.unavailable.value}"])
    states = context.catalog.group("reviews")
    rows = [_row(context, tally) for tally in compliance.tallies]
    return render(
        "compliance.html",
        light=context.from_root(LIGHT_CHART),
        dark=context.from_root(DARK_CHART),
        look=SMALL,
        first=rows[0],
        rows=rows[::-1],
        states=[states[standing.name.lower()] for standing in PageState],
        words=words,
    )


def _row(context: MacroContext, tally: Tally) -> MonthRow:
    counts = [tally.counts[standing] for standing in PageState]
    percent = None if tally.percent is None else context.catalog.percent(tally.percent)
    return MonthRow(
        LocalizedDate(tally.day.isoformat(), context.catalog.day(tally.day)), tally.pages, counts, percent
    )
