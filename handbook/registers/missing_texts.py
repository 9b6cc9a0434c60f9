"""Texts of registers that are written by language, and lack one of the handbook's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handbook.registers.all_registers import Registers
from handbook.registers.approvals import FILE as APPROVALS
from handbook.registers.decisions import FOLDER as DECISIONS
from handbook.registers.emergency_route import FILE as EMERGENCY_ROUTE
from handbook.registers.example_policies import FILE as LIBRARY
from handbook.registers.field_types import texts_by_language
from handbook.registers.glossary import FILE as GLOSSARY
from handbook.registers.helplines import FILE as HELPLINES
from handbook.registers.loading import dotted
from handbook.registers.owners import FILE as OWNERS
from handbook.registers.platform_facts import FILE as PLATFORM_FACTS
from handbook.registers.platforms import FILE as PLATFORMS
from handbook.registers.policies import FILE as POLICIES
from handbook.registers.regulations import FILE as REGULATIONS
from handbook.registers.removals import FILE as REMOVALS
from handbook.registers.scenarios import FILE as SCENARIOS
from handbook.registers.shared_texts import FILE as SHARED_TEXTS
from handbook.registers.sources import FILE as SOURCES


@dataclass(frozen=True, slots=True)
class MissingTexts:
    """How many texts of a file lack a language, the first of them, and the language readers get instead."""

    file: str
    language: str
    count: int
    first: str
    shown_in: str


def missing_texts(registers: Registers) -> Iterator[MissingTexts]:
    """Yield what each register lacks in each language of the handbook."""
    organization = registers.organization
    for file, records in _records(registers).items():
        texts = [(dotted(path), text) for path, text in texts_by_language(records)]
        for language in organization.languages:
            lacking = [(path, text) for path, text in texts if language not in text]
            if lacking:
                path, text = lacking[0]
                shown_in = organization.language_said(text, language)
                yield MissingTexts(file, language, len(lacking), path, shown_in)


def _records(registers: Registers) -> Mapping[str, object]:
    return {
        APPROVALS: registers.approvals,
        f"{DECISIONS}/": registers.decisions.decisions,
        EMERGENCY_ROUTE: registers.emergency_route.emergencies,
        LIBRARY: registers.example_policies,
        GLOSSARY: registers.glossary,
        HELPLINES: registers.helplines,
        OWNERS: registers.owners,
        PLATFORM_FACTS: registers.platform_facts.facts,
        PLATFORMS: registers.platforms,
        POLICIES: registers.policies,
        REGULATIONS: registers.regulations,
        REMOVALS: registers.removals,
        SCENARIOS: registers.scenarios.scenarios,
        SHARED_TEXTS: registers.shared_texts,
        SOURCES: registers.sources.sources,
    }
