"""The handbook as a whole: what rules, macros and reports look at."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from handbook.content.assets import Asset
from handbook.content.pages import Page
from handbook.files.tree import Tree
from handbook.registers.accounts import Accounts, load_accounts
from handbook.registers.decisions import Decisions, load_decisions
from handbook.registers.example_policies import Library, load_library
from handbook.registers.glossary import Glossary, load_glossary
from handbook.registers.organization import Organization, load_organization
from handbook.registers.organization_values import variable_finder
from handbook.registers.owners import Owners, load_owners
from handbook.registers.platform_facts import PlatformFacts, load_platform_facts
from handbook.registers.platforms import Platforms, load_platforms
from handbook.registers.policies import Policies, load_policies
from handbook.registers.regulations import Regulations, load_regulations
from handbook.registers.review_records import FiledRecord, Reviews, load_reviews
from handbook.registers.scenarios import Scenarios, load_scenarios
from handbook.registers.sources import Sources, load_sources
from handbook.registers.waivers import Waivers, load_waivers
from handbook.templating.expressions import Expressions
from handbook.text.phrase_search import PhraseFinder


@dataclass(frozen=True, slots=True)
class Registers:
    """What the handbook keeps as data."""

    organization: Organization
    owners: Owners
    platforms: Platforms
    waivers: Waivers
    platform_facts: PlatformFacts
    reviews: Reviews
    policies: Policies
    sources: Sources
    regulations: Regulations
    glossary: Glossary
    scenarios: Scenarios
    decisions: Decisions
    library: Library
    accounts: Accounts


def read_registers(tree: Tree) -> Registers:
    """Read every register of a handbook; records that are for other organizations are left out.

    Raises:
        HandbookError: with one line for each mistake of the first file that has any.

    """
    organization = load_organization(tree)
    owners, platforms = load_owners(tree, organization), load_platforms(tree, organization)
    sources = load_sources(tree, organization)
    return Registers(
        organization,
        owners,
        platforms,
        load_waivers(tree),
        load_platform_facts(tree, organization.languages, platforms.platforms, sources.sources),
        load_reviews(tree),
        load_policies(tree, organization, owners),
        sources,
        load_regulations(tree, organization, sources),
        load_glossary(tree, organization),
        load_scenarios(tree, organization),
        load_decisions(tree, organization),
        load_library(tree, organization),
        load_accounts(tree, owners),
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

    def with_record(self, filed: FiledRecord) -> "Handbook":
        """Return the handbook as it would be with a record in place of the one with its path."""
        others = [one for one in self.reviews.filed if one.path != filed.path]
        reviews = Reviews([*others, filed], self.reviews.editorial)
        return replace(self, registers=replace(self.registers, reviews=reviews))

    @property
    def reviews(self) -> Reviews:
        """Return the records of reviews."""
        return self.registers.reviews

    def page(self, path: str) -> Page | None:
        """Return the page at a path, or None."""
        return self._pages_by_path.get(path)

    def gone_with_text(self, fingerprint: str) -> str | None:
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
