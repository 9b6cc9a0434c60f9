"""ORG003: whoever is to be called has a telephone."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from handbook.content.pages import Page
from handbook.findings import Location, Problem, Severity
from handbook.model import Handbook
from handbook.registers.all_registers import Registers
from handbook.registers.contacts import PURPOSES
from handbook.registers.decisions import file_of
from handbook.registers.emergency_route import FILE as EMERGENCIES_FILE
from handbook.registers.organization import FILE as ORGANIZATION_FILE
from handbook.rules.registry import rule
from handbook.text.told_to_call import told_to_call

_CONTACT: Final = re.compile(
    r"\{\{[-+]?\s*(?:contact\(\s*[\"'](?P<purpose>\w+)[\"'][^{}]*\)|owner\([^{}]*\))\s*[-+]?\}\}"
)
# What texts of registers call the contacts, besides the roles of organization.yml.
_WORDS: Final[Mapping[str, str]] = {
    "social_media": "social media contact|social media lead",
    "press": "press contact|press office",
    "people": "people contact|people team",
    "legal": "legal contact|legal team",
    "privacy": "privacy contact|privacy lead",
    "security": "security contact|security desk",
    "emergencies": "emergenc(?:y|ies) contact|duty manager",
}


@rule("ORG003", "Contact that a page says to call has a telephone", severity=Severity.ERROR)
def who_is_called_has_a_telephone(handbook: Handbook) -> Iterator[Problem]:
    """In an emergency, nobody should read "call" and find only a mail address.

    The rule reads pages, scenarios, decisions, and the emergency route, in English and French. It finds
    a contact that a sentence says to call, phone, or ring, and that has no `phone` in organization.yml.
    Add one, let the contact fall back to another with `falls_back_to`, or write "tell" if mail is enough. A
    missing `emergency_number` is a warning.

    Bad:  `Call: {{ contact("privacy") }}` (and contacts.privacy has no `phone`)
    Good: `phone: "+1 555 0105"`
    """
    silent = _without_telephone(handbook.registers)
    if silent:
        for page in handbook.pages:
            yield from _of_page(page, handbook, silent)
        yield from _of_registers(handbook.registers, silent)
    if handbook.registers.organization.emergency_number is None:
        advice = 'add for example `emergency_number: "911"`'
        message = f'no `emergency_number`, so pages say "your local emergency number"; {advice}'
        yield Problem(1, message, severity=Severity.WARNING, path=ORGANIZATION_FILE)


def _without_telephone(registers: Registers) -> frozenset[str]:
    contacts = registers.organization.contacts
    return frozenset(purpose for purpose in PURPOSES if contacts.of(purpose).phone is None)


def _of_page(page: Page, handbook: Handbook, silent: frozenset[str]) -> Iterator[Problem]:
    for match in _CONTACT.finditer(page.body):
        purpose = match["purpose"] or _contact_of_owner(page, handbook)
        says_call = purpose in silent and told_to_call(page.body[: match.start()], page.language)
        if purpose and says_call and _is_shown(match.group(), page, handbook):
            yield replace(page.problem_in_body(match.start(), _message(purpose)), path=page.path)


def _contact_of_owner(page: Page, handbook: Handbook) -> str | None:
    owner = handbook.registers.owners.find(page.owner) if page.owner else None
    return owner.contact if owner else None


def _is_shown(expression: str, page: Page, handbook: Handbook) -> bool:
    """Tell whether readers are told to call the contact, in a passage that applies to the organization."""
    expressions = handbook.expressions[page.language]
    text, shown = expressions.on_no_page(page.body), "".join(expressions.shown(expression))
    if not text or not shown:
        return True  # What only the page itself can show is judged as it is written.
    starts = (match.start() for match in re.finditer(re.escape(shown), text))
    return any(told_to_call(text[:start], page.language) for start in starts)


def _of_registers(registers: Registers, silent: frozenset[str]) -> Iterator[Problem]:
    for path, location, text in _texts(registers):
        for purpose in sorted(silent):
            if any(
                _says_to_call(text, purpose, language, registers)
                for language in registers.organization.languages
            ):
                yield Problem.at(location, _message(purpose), path=path)
    for name, emergency in registers.emergency_route.emergencies.items():
        if emergency.call in silent:
            location = registers.emergency_route.location(name, "call")
            yield Problem.at(location, _message(emergency.call), path=EMERGENCIES_FILE)


def _says_to_call(text: str | dict[str, str], purpose: str, language: str, registers: Registers) -> bool:
    organization = registers.organization
    shown = organization.say(text, language)
    role = re.escape(organization.say(organization.contacts.of(purpose).role, language))
    words = re.finditer(rf"\b(?:{_WORDS[purpose]}|{role})\b", shown, re.IGNORECASE)
    return any(told_to_call(shown[: match.start()], language) for match in words)


def _texts(registers: Registers) -> Iterator[tuple[str, Location, str | dict[str, str]]]:
    for name, scenario in registers.scenarios.scenarios.items():
        yield *registers.scenarios.file_and_location(name, "reason"), scenario.reason
    for name, decision in registers.decisions.decisions.items():
        for key, outcome in decision.outcomes.items():
            yield file_of(name), registers.decisions.location(name, key, "text"), outcome.text


def _message(purpose: str) -> str:
    advice = f'add `phone: …` to contacts.{purpose} in {ORGANIZATION_FILE}, or write "tell" here'
    return f"says to call the contact for {purpose}, which has no telephone; {advice}"
