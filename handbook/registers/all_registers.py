"""Every register of a handbook, read together."""

from dataclasses import dataclass

from handbook.files.tree import FileTree
from handbook.registers.accounts import Accounts, load_accounts
from handbook.registers.decisions import Decisions, load_decisions
from handbook.registers.example_policies import ExamplePolicies, load_example_policies
from handbook.registers.glossary import Glossary, load_glossary
from handbook.registers.moved_pages import MovedPages, load_moved_pages
from handbook.registers.organization import Organization, load_organization
from handbook.registers.owners import Owners, load_owners
from handbook.registers.platform_facts import PlatformFacts, load_platform_facts
from handbook.registers.platforms import Platforms, load_platforms
from handbook.registers.policies import Policies, load_policies
from handbook.registers.regulations import Regulations, load_regulations
from handbook.registers.review_index import Reviews, load_reviews
from handbook.registers.scenarios import Scenarios, load_scenarios
from handbook.registers.sources import Sources, load_sources
from handbook.registers.waivers import Waivers, load_waivers


@dataclass(frozen=True, slots=True)
class Registers:
    """What the handbook keeps as data, without the records that are for other organizations."""

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
    example_policies: ExamplePolicies
    accounts: Accounts
    moved_pages: MovedPages


def read_registers(tree: FileTree) -> Registers:
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
        load_example_policies(tree, organization),
        load_accounts(tree, owners),
        load_moved_pages(tree, organization),
    )
