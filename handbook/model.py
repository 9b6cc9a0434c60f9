"""The handbook as a whole: what rules, macros and reports look at."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from handbook.assets import Asset
from handbook.expressions import Expressions
from handbook.organization import Organization, load_organization
from handbook.owners import Owners, load_owners
from handbook.pages import Page
from handbook.phrases import PhraseFinder
from handbook.platforms import Platforms, load_platforms
from handbook.trees import Tree
from handbook.variables import variable_finder
from handbook.waivers import Waivers, load_waivers


@dataclass(frozen=True, slots=True)
class Registers:
    """What the handbook keeps as data."""

    organization: Organization
    owners: Owners
    platforms: Platforms
    waivers: Waivers


def read_registers(tree: Tree) -> Registers:
    """Read every register of a handbook.

    Raises:
        HandbookError: with one line for each mistake of the first file that has any.

    """
    organization = load_organization(tree)
    languages = organization.languages
    return Registers(
        organization, load_owners(tree, languages), load_platforms(tree, languages), load_waivers(tree)
    )


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

    @cached_property
    def variable_finder(self) -> PhraseFinder[str]:
        """Return what finds values of organization.yml that somebody typed, and says what to write."""
        return variable_finder(self.registers.organization)
