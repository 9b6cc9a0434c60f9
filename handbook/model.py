"""The handbook as a whole: what rules, macros and reports look at."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from handbook.expressions import Expressions
from handbook.organization import Organization
from handbook.owners import Owners
from handbook.pages import Page


@dataclass(frozen=True, slots=True)
class Handbook:
    """A handbook on the day `today`."""

    root: Path
    organization: Organization
    owners: Owners
    pages: Sequence[Page]
    expressions: Expressions
    today: datetime.date
