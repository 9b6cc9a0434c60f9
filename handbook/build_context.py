"""What one build of the site knows, fixed in two steps: the settings first, then the pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Final

from handbook.compliance.compliance_for_build import ComplianceForBuild
from handbook.content.pages import Page
from handbook.content.site_map import SiteMap
from handbook.editions.editions_for_build import EditionsForBuild
from handbook.git.source_repository import SourceRepository, Unavailable
from handbook.history.history_for_build import HistoryForBuild
from handbook.model import ExpressionsOf, Handbook
from handbook.registers.all_registers import Registers
from handbook.registers.organization import Organization
from handbook.registers.owners import Owners
from handbook.templating.expressions import Expressions

_NO_HISTORY: Final = HistoryForBuild(Path(), unavailable=Unavailable.NO_HISTORY)
_NO_COMPLIANCE: Final = ComplianceForBuild(unavailable=Unavailable.NO_HISTORY)


def _no_expressions(_registers: Registers) -> Mapping[str, Expressions]:
    return {}


def _no_calendars(_context: "BuildContext", _stamp: datetime) -> Mapping[str, bytes]:
    return {}


@dataclass(frozen=True, eq=False)  # A context is equal to itself alone, so that results can be kept for it.
class BuildContext:
    """The state of one build.

    The settings: the registers; what pages may say by language (`expressions`), a function that returns
    the same for other registers, one that returns the files that decide what each macro shows, by their
    path from the root, and one that makes the calendars of another context, stamped with a moment; the
    repository, or None if nobody asks for history; and the editions.

    The pages, once MkDocs has listed them: `pages` by their file below `docs/`; `addresses` within one
    language and `sections` of the navigation, both by the path of the page; `left_out`, why the
    files of other pages are not published; the `history` of the pages, and how they stood over time
    (`compliance`).
    """

    registers: Registers
    expressions: Mapping[str, Expressions] = field(default_factory=dict)
    expressions_of: ExpressionsOf = _no_expressions
    files_of_macros: Callable[[], Mapping[str, frozenset[str]]] = dict
    calendars_of: "Callable[[BuildContext, datetime], Mapping[str, bytes]]" = _no_calendars
    source: SourceRepository | None = None
    editions: EditionsForBuild = field(default_factory=EditionsForBuild)
    pages: Mapping[str, Page] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    history: HistoryForBuild = _NO_HISTORY
    compliance: ComplianceForBuild = _NO_COMPLIANCE

    @property
    def organization(self) -> Organization:
        """Return what organization.yml says."""
        return self.registers.organization

    @property
    def owners(self) -> Owners:
        """Return the register of owners."""
        return self.registers.owners

    @property
    def main_language(self) -> str:
        """Return the language that readers get first."""
        return self.organization.main_language

    @cached_property
    def handbook(self) -> Handbook:
        """Return the handbook as of the day of the build, made once: each page asks it about the others."""
        return Handbook(
            self.registers, self.expressions, self.organization.today(), list(self.pages.values())
        )

    @property
    def site_map(self) -> SiteMap:
        """Return where each page is in the site."""
        return SiteMap(self.addresses, self.sections, self.organization.languages)

    def address_of(self, page: Page) -> str:
        """Return the address of a page below the site, in the language that it is written in."""
        return self.site_map.address_of(page)
