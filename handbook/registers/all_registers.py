"""Every register of a handbook, read together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ParamSpec, TypeVar, cast

from handbook.errors import HandbookError
from handbook.files.tree import FileTree
from handbook.registers.accounts import Accounts, load_accounts
from handbook.registers.acknowledgement_counts import (
    AcknowledgementCounts,
    load_acknowledgement_counts,
)
from handbook.registers.acknowledgements import Acknowledgements, load_acknowledgements
from handbook.registers.approvals import Approvals, load_approvals
from handbook.registers.code_owners import CodeOwnersFiles, load_code_owners
from handbook.registers.decisions import Decisions, load_decisions
from handbook.registers.emergency_route import EmergencyRoute, load_emergency_route
from handbook.registers.example_policies import ExamplePolicies, load_example_policies
from handbook.registers.glossary import Glossary, load_glossary
from handbook.registers.helplines import Helplines, load_helplines
from handbook.registers.moved_pages import MovedPages, load_moved_pages
from handbook.registers.open_questions import OpenQuestions, load_open_questions
from handbook.registers.organization import Organization, load_organization
from handbook.registers.owners import Owners, load_owners
from handbook.registers.platform_facts import PlatformFacts, load_platform_facts
from handbook.registers.platforms import Platforms, load_platforms
from handbook.registers.policies import Policies, load_policies
from handbook.registers.policy_texts import PolicyText, read_policy_texts
from handbook.registers.questions import Questions, load_questions
from handbook.registers.regulations import Regulations, load_regulations
from handbook.registers.removals import Removals, load_removals
from handbook.registers.rendered_texts import RenderedTexts, load_rendered_texts
from handbook.registers.review_index import Reviews, load_reviews
from handbook.registers.scenarios import Scenarios, load_scenarios
from handbook.registers.shared_texts import SharedTexts, load_shared_texts
from handbook.registers.sources import Sources, load_sources
from handbook.registers.spelling import Spelling, load_spellings
from handbook.registers.waivers import Waivers, load_waivers
from handbook.registers.written_texts import WrittenTexts

_Needed = ParamSpec("_Needed")
_Register = TypeVar("_Register")


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
    questions: Questions
    open_questions: OpenQuestions
    moved_pages: MovedPages
    emergency_route: EmergencyRoute
    helplines: Helplines
    approvals: Approvals
    removals: Removals
    shared_texts: SharedTexts
    spellings: Mapping[str, Spelling]
    policy_texts: Sequence[PolicyText]
    code_owners: CodeOwnersFiles
    rendered_texts: RenderedTexts
    acknowledgements: Acknowledgements
    acknowledgement_counts: AcknowledgementCounts
    written_texts: WrittenTexts


class _Attempts:
    """Reads one register after the other, and remembers the mistakes, so that all are reported at once."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def read(
        self, load: Callable[_Needed, _Register], *needed: _Needed.args, **named: _Needed.kwargs
    ) -> _Register:
        """Return a register; None if it, or one that it needs, has mistakes, which `finish` then raises."""
        nothing = cast("_Register", None)
        if None in needed:
            return nothing
        try:
            return load(*needed, **named)
        except HandbookError as error:
            self.problems.append(str(error))
            return nothing

    def finish(self) -> None:
        """Raise the mistakes, if there are any.

        Raises:
            HandbookError: with one line for each mistake.

        """
        if self.problems:
            raise HandbookError("\n".join(self.problems))


def _load_facts(
    tree: FileTree, organization: Organization, platforms: Platforms, sources: Sources
) -> PlatformFacts:
    return load_platform_facts(tree, organization, platforms, sources.sources)


def read_registers(tree: FileTree) -> Registers:
    """Read every register of a handbook; records that are for other organizations are left out.

    Raises:
        HandbookError: with one line for each mistake in any of the files; those in `organization.yml` alone
            if it has any.

    """
    organization = load_organization(tree)
    attempts = _Attempts()
    registers = _read_each(attempts, tree, organization)
    attempts.finish()
    return registers


def _read_each(attempts: _Attempts, tree: FileTree, organization: Organization) -> Registers:
    """Read the registers. A register that others need comes first; one with mistakes is None."""
    read = attempts.read
    owners = read(load_owners, tree, organization)
    platforms = read(load_platforms, tree, organization)
    sources = read(load_sources, tree, organization)
    approvals = read(load_approvals, tree, organization)
    removals = read(load_removals, tree, organization)
    scenarios = read(load_scenarios, tree, organization)
    shared_texts = read(load_shared_texts, tree, organization)
    decisions = read(load_decisions, tree, organization, approvals, removals)
    return Registers(
        organization=organization,
        owners=owners,
        platforms=platforms,
        waivers=read(load_waivers, tree),
        platform_facts=read(_load_facts, tree, organization, platforms, sources),
        reviews=read(load_reviews, tree),
        policies=read(load_policies, tree, organization, owners),
        sources=sources,
        regulations=read(load_regulations, tree, organization, sources),
        glossary=read(load_glossary, tree, organization),
        scenarios=scenarios,
        decisions=decisions,
        example_policies=read(load_example_policies, tree, organization),
        accounts=read(load_accounts, tree, owners),
        questions=read(load_questions, tree, organization),
        open_questions=read(load_open_questions, tree),
        moved_pages=read(load_moved_pages, tree, organization),
        emergency_route=read(load_emergency_route, tree, organization),
        helplines=read(load_helplines, tree, organization),
        approvals=approvals,
        removals=removals,
        shared_texts=shared_texts,
        spellings=read(load_spellings, tree),
        policy_texts=read(
            read_policy_texts, tree, scenarios, decisions, approvals, removals, shared_texts, platforms
        ),
        code_owners=read(load_code_owners, tree),
        rendered_texts=read(load_rendered_texts, tree),
        acknowledgements=read(load_acknowledgements, tree, organization, platforms),
        acknowledgement_counts=read(load_acknowledgement_counts, tree),
        written_texts=WrittenTexts(tree, organization.languages),
    )
