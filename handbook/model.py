"""The handbook as a whole: what rules, macros and reports look at."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

from handbook.content.assets import Asset
from handbook.content.pages import Page
from handbook.registers.all_registers import Registers
from handbook.registers.organization_values import variable_finder
from handbook.registers.review_index import Reviews
from handbook.registers.review_records import ReviewFile
from handbook.templating.expressions import Expressions
from handbook.text.phrase_search import PhraseFinder


@dataclass(frozen=True)
class Handbook:
    """A handbook on the day `today`.

    `expressions` is what its pages may say, by language; `off_navigation` holds the paths of pages to
    which the navigation does not lead.
    """

    registers: Registers
    expressions: Mapping[str, Expressions]
    today: datetime.date
    pages: Sequence[Page] = ()
    assets: Sequence[Asset] = ()
    off_navigation: frozenset[str] = frozenset()

    def with_record(self, review_file: ReviewFile) -> "Handbook":
        """Return the handbook as it would be with a record in place of the one with its path."""
        others = [one for one in self.reviews.files if one.path != review_file.path]
        reviews = Reviews([*others, review_file], self.reviews.editorial)
        return replace(self, registers=replace(self.registers, reviews=reviews))

    @property
    def reviews(self) -> Reviews:
        """Return the records of reviews."""
        return self.registers.reviews

    def page(self, path: str) -> Page | None:
        """Return the page at a path, or None."""
        return self._pages_by_path.get(path)

    def removed_page_with_text(self, fingerprint: str) -> str | None:
        """Return the path of a page that had a text, by its fingerprint, at its last review, and is gone."""
        return self._gone_by_text.get(fingerprint)

    @cached_property
    def _gone_by_text(self) -> Mapping[str, str]:
        rows = self.reviews.decisions.items()
        return {
            decided[-1].decision.fingerprint or "": path for path, decided in rows if self.page(path) is None
        }

    @cached_property
    def _pages_by_path(self) -> Mapping[str, Page]:
        return {page.path: page for page in self.pages}

    @cached_property
    def variable_finder(self) -> PhraseFinder[str]:
        """Return what finds values of organization.yml that somebody typed, and says what to write."""
        return variable_finder(self.registers.organization)


ExpressionsOf: TypeAlias = Callable[[Registers], Mapping[str, Expressions]]
