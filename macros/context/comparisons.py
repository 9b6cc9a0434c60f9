"""The day on which somebody compared a statement with its source, and who it was, as far as that is known."""

import datetime
from dataclasses import replace

from macros.context.registry import MacroContext
from macros.presentation.dates import LocalizedDate, localized_date


def compared_on(context: MacroContext, day: datetime.date | None) -> LocalizedDate | None:
    """Return the day of a comparison.

    One from before the handbook was adopted was made by its authors, and says so. Whether a later one came
    with a release is not known.
    """
    shown, adopted = localized_date(day, context.catalog), context.site.organization.adopted
    if shown is None or day is None or adopted is None or day >= adopted:
        return shown
    return replace(shown, reader=context.catalog["comparisons.by_authors"].replace("{date}", shown.reader))
