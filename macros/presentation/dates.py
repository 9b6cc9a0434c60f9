"""Dates as a machine and as a reader writes them."""

import datetime
from dataclasses import dataclass

from macros.presentation.catalog import Catalog


@dataclass(frozen=True, slots=True)
class Day:
    """A day as a machine and as a reader writes it."""

    machine: str
    reader: str


def shown_day(day: datetime.date | None, catalog: Catalog) -> Day | None:
    """Return a day for machines and readers, or None."""
    return Day(day.isoformat(), catalog.day(day)) if day else None
