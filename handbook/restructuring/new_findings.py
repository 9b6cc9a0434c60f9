"""Says what the check would find after a change that it does not find today."""

from collections.abc import Sequence
from typing import Final

from handbook.check.runner import check, choose_rules
from handbook.findings import Finding
from handbook.model import Handbook
from handbook.restructuring.change_plan import ChangePlan

# What these rules find depends on the paths of pages.
_RULES: Final = ("LNK001", "REG001", "REG004", "REG006", "STR")


def new_findings(before: Handbook, after: Handbook, codes: Sequence[str]) -> list[Finding]:
    """Return what some rules find in a handbook, and did not find in the same file before."""
    rules = choose_rules(codes)
    findings = check(after, rules).findings
    known = set(map(_key, check(before, rules).findings)) if findings else set()
    return [finding for finding in findings if _key(finding) not in known]


def _key(finding: Finding) -> tuple[str, str, str]:
    """Return what stays the same if a finding only moves to another line."""
    return finding.path, finding.code, finding.message


def remark_dead_links(plan: ChangePlan, after: Handbook) -> None:
    """Say what leads nowhere after the change, and which rules about its folder a page does not follow."""
    for finding in new_findings(plan.before, after, _RULES):
        plan.remark(f"{finding.path}:{finding.line}: {finding.message} ({finding.code})")
