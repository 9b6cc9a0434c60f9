"""WVR: exceptions have a reason, an approver and an end."""

from collections.abc import Collection, Iterator

from handbook.due_dates import LONGEST_INTERVAL, due_date
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.registers.waivers import NEVER_WAIVED, Waiver
from handbook.rules.registry import RULES, Results, rule
from handbook.text.suggestions import did_you_mean


@rule("WVR001", "Waiver is justified, approved, limited in time, and in use", severity=Severity.ERROR)
def waivers_are_sound(handbook: Handbook, results: Results) -> Iterator[Problem]:
    """An exception without a reason or an end becomes the rule.

    A waiver names a page, or a register whose texts are judged, and a rule, a reason, an approver from the
    register of owners, and an end within six months. A waiver that no longer excuses anything must be
    removed.

    Bad:  `end: 2031-12-31`
    Good: `end: 2027-03-31`
    """
    paths = {page.path for page in handbook.pages} | {asset.path for asset in handbook.assets}
    paths |= {text.path for text in handbook.registers.policy_texts}
    waivers = handbook.registers.waivers
    for number, waiver in enumerate(waivers.waivers):
        for key, message in (*_problems(waiver, handbook, paths), *_if_unused(waiver, handbook, results)):
            path, location = waivers.file_and_location(number, key)
            yield Problem.at(location, message, path=path)


def _problems(waiver: Waiver, handbook: Handbook, paths: Collection[str]) -> Iterator[tuple[str, str]]:
    owners = handbook.registers.owners.owners
    if not waiver.reason.strip():
        yield "reason", "this waiver has no reason; say in `reason:` why the page need not follow the rule"
    if not waiver.approver:
        yield "approver", "this waiver has no approver; name a role from registers/owners.yml in `approver:`"
    elif waiver.approver not in owners:
        remedy = did_you_mean(waiver.approver, owners)
        yield "approver", f"'{waiver.approver}' is not in registers/owners.yml; {remedy}"
    if waiver.rule not in RULES:
        remedy = did_you_mean(waiver.rule, RULES.keys() - NEVER_WAIVED)
        yield "rule", f"there is no rule '{waiver.rule}'; {remedy}"
    elif waiver.rule in NEVER_WAIVED:
        yield "rule", f"{waiver.rule} cannot be waived; fix the page"
    if waiver.page not in paths:
        yield "page", f"'{waiver.page}' is not published; {did_you_mean(waiver.page, paths)}"
    yield from _problems_of_end(waiver, handbook)


def _problems_of_end(waiver: Waiver, handbook: Handbook) -> Iterator[tuple[str, str]]:
    latest = due_date(handbook.today, LONGEST_INTERVAL)
    if waiver.end is None:
        yield "end", f"this waiver has no end; write a day up to {latest} in `end:`"
    elif waiver.end < handbook.today:
        yield "end", f"this waiver ended on {waiver.end}; fix the page, or ask the approver to renew it"
    elif waiver.end > latest:
        yield (
            "end",
            f"this waiver ends on {waiver.end}, more than six months from now; write a day up to {latest}",
        )


def _if_unused(waiver: Waiver, handbook: Handbook, results: Results) -> Iterator[tuple[str, str]]:
    """Yield a problem if the rule of the waiver ran and found nothing that the waiver excuses."""
    is_used = any(waiver.excuses(finding) for finding in results.findings)
    if waiver.rule in results.codes and waiver.is_in_force(handbook.today) and not is_used:
        yield "page", f"{waiver.page} follows {waiver.rule}; remove this waiver"
