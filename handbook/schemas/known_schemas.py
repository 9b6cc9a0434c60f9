"""Every schema that the handbook has for editors, by its name, and the files that each is for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from handbook.registers import (
    accounts,
    acknowledgement_counts,
    acknowledgements,
    approvals,
    decisions,
    editorial_changes,
    emergency_route,
    example_policies,
    glossary,
    helplines,
    links,
    moved_pages,
    open_questions,
    organization,
    owners,
    platform_facts,
    platforms,
    policies,
    questions,
    regulations,
    removals,
    rendered_texts,
    review_records,
    scenarios,
    shared_texts,
    sources,
    spelling,
    waivers,
)
from handbook.yaml.record import Record


@dataclass(frozen=True, slots=True)
class EditorSchema:
    """The record that a schema describes, and the files that hold one, as patterns of editors.

    A file of evidence, which is below `sample/` in the sample, matches the same pattern. Records are filed as
    they were written, so their files do not name their schema themselves (`is_filed`).
    """

    model: type[Record]
    files: tuple[str, ...]
    is_filed: bool = False


def _register(model: type[Record], *files: str) -> EditorSchema:
    return EditorSchema(model, files)


def _filed(model: type[Record], *files: str) -> EditorSchema:
    return EditorSchema(model, files, is_filed=True)


_REVIEWS: Final = "**/reviews"
_EDITORIAL: Final = "**/editorial_changes"

SCHEMAS: Final[Mapping[str, EditorSchema]] = {
    "organization": _register(organization.Organization, organization.FILE),
    "owners": _register(owners.Owners, owners.FILE),
    "accounts": _register(accounts.AccountList, accounts.FILE),
    "acknowledgement_counts": _register(acknowledgement_counts.CountRegister, acknowledgement_counts.FILE),
    "acknowledgements": _register(acknowledgements.AcknowledgementRegister, acknowledgements.FILE),
    "approvals": _register(approvals.Approvals, approvals.FILE),
    "decision": _register(decisions.Decision, f"{decisions.FOLDER}/*.yml"),
    "emergency_route": _register(emergency_route.EmergencyList, emergency_route.FILE),
    "glossary": _register(glossary.Glossary, glossary.FILE),
    "helplines": _register(helplines.Helplines, helplines.FILE),
    "library": _register(example_policies.ExamplePolicies, example_policies.FILE),
    "links": _register(links.Links, links.FILE),
    "moved_pages": _register(moved_pages.MovedPageList, moved_pages.FILE),
    "open_questions": _register(open_questions.OpenQuestionList, open_questions.FILE),
    "platform_facts": _register(platform_facts.FactList, platform_facts.FILE),
    "platforms": _register(platforms.Platforms, platforms.FILE),
    "policies": _register(policies.Policies, policies.FILE),
    "questions": _register(questions.QuestionList, questions.FILE),
    "regulations": _register(regulations.Regulations, regulations.FILE),
    "removals": _register(removals.Removals, removals.FILE),
    "rendered_texts": _register(rendered_texts.RenderedTexts, rendered_texts.FILE),
    "scenarios": _register(scenarios.ScenarioList, scenarios.FILE),
    "scenario": _register(scenarios.Scenario, f"{scenarios.FOLDER}/*.yml"),
    "shared_texts": _register(shared_texts.SharedTexts, shared_texts.FILE),
    "sources": _register(sources.SourceList, sources.FILE),
    "spelling": _register(spelling.SpellingRegister, spelling.FILE),
    "waivers": _register(waivers.WaiverList, waivers.FILE),
    "waiver": _filed(waivers.Waiver, f"{waivers.FOLDER}/*.yml"),
    "review": _filed(review_records.ReviewPlan, f"{_REVIEWS}/*/{review_records.PLAN}"),
    "reading": _filed(review_records.Reading, f"{_REVIEWS}/*/!(review).yml"),
    "review_record": _filed(review_records.ReviewRecord, f"{_REVIEWS}/*.yml"),
    "editorial_change": _filed(editorial_changes.EditorialRecord, f"{_EDITORIAL}/*.yml"),
    "editorial_changes": _filed(editorial_changes.EditorialChanges, f"{_EDITORIAL}.yml"),
}


def known_registers() -> list[str]:
    """Return the paths of the registers that are one file each."""
    paths = (path.removeprefix("**/") for schema in SCHEMAS.values() for path in schema.files)
    return [path for path in paths if "*" not in path and path != organization.FILE]
