"""Dates as a machine and as a reader writes them."""

import datetime
from dataclasses import dataclass

from macros.presentation.catalog import Catalog


@dataclass(frozen=True, slots=True)
class LocalizedDate:
    """A day as a machine and as a reader writes it."""

    machine: str
    reader: str


def localized_date(day: datetime.date | None, catalog: Catalog) -> LocalizedDate | None:
    """Return a day for machines and readers, or None."""
    return LocalizedDate(day.isoformat(), catalog.day(day)) if day else None
