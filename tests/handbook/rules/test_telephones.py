"""ORG003 reads registers, too: scenarios, decisions, and the emergency route."""

from dataclasses import replace

import pytest

from handbook.check.runner import check
from handbook.findings import Finding
from handbook.model import Handbook
from handbook.registers.scenarios import Scenario, Scenarios
from handbook.rules import RULES
from macros.context.site import Site
from tests.conftest import ROOT


def _findings(handbook: Handbook, silent: str, **registers: object) -> list[Finding]:
    """Return what the rule finds if the contact for a purpose has no telephone."""
    organization = handbook.registers.organization
    contacts = organization.contacts
    without = contacts.model_copy(update={silent: contacts.of(silent).model_copy(update={"phone": None})})
    changed = replace(
        handbook.registers,
        organization=organization.model_copy(update={"contacts": without}),
        **registers,  # type: ignore[arg-type]
    )
    return list(check(replace(handbook, registers=changed), [RULES["ORG003"]]).findings)


@pytest.mark.parametrize(
    ("reason", "is_found"),
    [
        ("Call the people team before you take any step.", True),
        ("If you cannot wait, phone the people contact.", True),
        ({"en": "Ask the people team.", "fr": "Appelez l’équipe des ressources humaines."}, True),
        ("Call 911, and tell the people team.", False),
        ("Call the security contact. The people team helps you afterward.", False),
    ],
)
def test_a_scenario_that_says_to_call(handbook: Handbook, reason: object, is_found: bool) -> None:
    scenario = Scenario.model_validate(
        {
            "question": "May I?",
            "answer": "ask",
            "reason": reason,
            "page": "docs/policy/work.md",
            "audience": ["work"],
            "topics": ["crisis"],
        }
    )
    findings = _findings(handbook, "people", scenarios=Scenarios({"one": scenario}))
    assert [finding.path for finding in findings] == ["registers/scenarios.yml"] * is_found


def test_a_decision_that_says_to_call(handbook: Handbook, site: Site) -> None:
    findings = _findings(handbook, "emergencies", decisions=site.registers.decisions)
    assert {finding.path for finding in findings} == {"registers/decisions/how-to-answer.yml"}


def test_the_emergency_route_is_called_everywhere(handbook: Handbook, site: Site) -> None:
    route = site.registers.emergency_route
    [finding] = _findings(handbook, "security", emergency_route=route)
    line = (ROOT / finding.path).read_text("utf-8").split("\n")[finding.line - 1]
    assert (finding.path, line) == ("registers/emergency_route.yml", "    call: security")


def test_a_missing_emergency_number_is_a_warning(handbook: Handbook) -> None:
    organization = handbook.registers.organization.model_copy(update={"emergency_number": None})
    without = replace(handbook, registers=replace(handbook.registers, organization=organization))
    [finding] = check(without, [RULES["ORG003"]]).findings
    assert (finding.path, finding.severity) == ("organization.yml", "warning")
    assert not check(handbook, [RULES["ORG003"]]).findings
