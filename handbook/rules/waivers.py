"""WVR: exceptions have a reason, and end."""

from collections.abc import Collection, Iterator

from handbook.due_dates import LONGEST_INTERVAL, due_date
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.registers.waivers import FILE, NEVER_WAIVED, Waiver
from handbook.rules.registry import RULES, Results, rule
from handbook.text.suggestions import did_you_mean


@rule("WVR001", "Waiver has a reason, an approver and an end, and is used", severity=Severity.ERROR)
def waivers_are_sound(handbook: Handbook, results: Results) -> Iterator[Problem]:
    """An exception that nobody reasons about or ends becomes the rule.

    It names a page, a rule, a reason, an approver from the register of owners, and an end within
    six months. One that excuses nothing is taken out.

    Bad:  `end: 2031-12-31`
    Good: `end: 2027-03-31`
    """
    paths = {page.path for page in handbook.pages} | {asset.path for asset in handbook.assets}
    for number, waiver in enumerate(handbook.registers.waivers.waivers):
        for key, message in (*_mistakes(waiver, handbook, paths), *_if_unused(waiver, handbook, results)):
            yield Problem.at(handbook.registers.waivers.location(number, key), message, path=FILE)


def _mistakes(waiver: Waiver, handbook: Handbook, paths: Collection[str]) -> Iterator[tuple[str, str]]:
    owners = handbook.registers.owners.owners
    if not waiver.reason.strip():
        yield "reason", "this waiver has no reason; say in `reason:` why the page need not follow the rule"
    if not waiver.approver:
        yield "approver", "nobody approved this waiver; name a role from registers/owners.yml in `approver:`"
    elif waiver.approver not in owners:
        mend = did_you_mean(waiver.approver, owners)
        yield "approver", f"'{waiver.approver}' is not in registers/owners.yml; {mend}"
    if waiver.rule not in RULES:
        yield "rule", f"there is no rule '{waiver.rule}'; {did_you_mean(waiver.rule, RULES)}"
    elif waiver.rule in NEVER_WAIVED:
        yield "rule", f"{waiver.rule} cannot be waived; mend the page"
    if waiver.page not in paths:
        yield "page", f"'{waiver.page}' is not published; {did_you_mean(waiver.page, paths)}"
    yield from _mistakes_of_end(waiver, handbook)


def _mistakes_of_end(waiver: Waiver, handbook: Handbook) -> Iterator[tuple[str, str]]:
    latest = due_date(handbook.today, LONGEST_INTERVAL)
    if waiver.end is None:
        yield "end", f"this waiver never ends; write a day up to {latest} in `end:`"
    elif waiver.end < handbook.today:
        yield "end", f"this waiver ended on {waiver.end}; mend the page, or ask the approver to renew it"
    elif waiver.end > latest:
        yield "end", f"this waiver ends on {waiver.end}, in more than six months; write a day up to {latest}"


def _if_unused(waiver: Waiver, handbook: Handbook, results: Results) -> Iterator[tuple[str, str]]:
    """Yield a problem if the rule of the waiver ran and found nothing that the waiver excuses."""
    is_used = any(waiver.excuses(finding) for finding in results.findings)
    if waiver.rule in results.codes and waiver.is_in_force(handbook.today) and not is_used:
        yield "page", f"{waiver.page} follows {waiver.rule}; take this waiver out"
