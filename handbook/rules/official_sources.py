"""REG003: what the handbook says about a platform rests on the platform's own word."""

import datetime
from collections.abc import Iterator

from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.registers.platform_facts import FILE, PlatformFact
from handbook.rules.registry import rule

_REMEDY = "find the platform's own page and remove `secondary`, or delete the fact"


@rule("REG003", "Fact about a platform has an official source", severity=Severity.WARNING)
def fact_has_an_official_source(handbook: Handbook) -> Iterator[Problem]:
    """What others write about a platform is often wrong or out of date, and nobody corrects it.

    A fact in `registers/platform_facts.yml` that is marked `secondary: true`, or names no source, is a
    warning. A secondary source is accepted through the day in `secondary_until`; without that day, or after
    it, the fact is an error. Facts about platforms on which `organization.yml` has no account are on no page,
    and are not judged.

    Bad:  `secondary: true` (and no `secondary_until`, or a day that is over)
    Good: `address: https://help.example.org/live` (a page of the platform itself)
    """
    facts, platforms = handbook.registers.platform_facts, handbook.registers.platforms
    used = platforms.used_by(handbook.registers.organization)
    shown = {name: fact for name, fact in facts.facts.items() if fact.platform in used}
    for name, fact in shown.items():
        for key, message, severity in _doubts(fact, handbook.today):
            yield Problem.at(facts.location(name, key), message, severity, FILE)


def _doubts(fact: PlatformFact, today: datetime.date) -> Iterator[tuple[str, str, Severity]]:
    if not (fact.source or fact.address):
        yield "statement", "this fact names no source; add `address: https://…`", Severity.WARNING
    elif fact.secondary:
        yield _doubt_about_source(fact.secondary_until, today)


def _doubt_about_source(until: datetime.date | None, today: datetime.date) -> tuple[str, str, Severity]:
    if until is None:
        message = (
            f"this source is secondary, and has no end; {_REMEDY}, or add `secondary_until: ` with a day"
        )
        return "secondary", message, Severity.ERROR
    if until < today:
        return (
            "secondary_until",
            f"the secondary source was accepted until {until}; {_REMEDY}",
            Severity.ERROR,
        )
    return "secondary", f"this source is secondary, and accepted until {until}; {_REMEDY}", Severity.WARNING
