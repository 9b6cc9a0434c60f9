"""Hands pages from one role to another."""

from collections.abc import Sequence
from typing import Final

from handbook.content.edit_front_matter import with_front_matter
from handbook.content.pages import Page, PageSource, parse_page
from handbook.errors import HandbookError
from handbook.model import Handbook
from handbook.registers.owners import FILE as OWNERS_FILE
from handbook.restructuring.change_plan import ChangePlan
from handbook.restructuring.draft import line_numbers
from handbook.restructuring.drafted_handbook import drafted_handbook, pages_of
from handbook.restructuring.new_findings import new_findings
from handbook.restructuring.registers import lines_that_name, register_files
from handbook.restructuring.role_names import role_values
from handbook.reviews.open_reviews import known_role
from handbook.text.counting import counted
from handbook.text.suggestions import did_you_mean

_RULES: Final = ("OWN", "REV006", "REV007")
_SHOWN: Final = 5


def plan_owner_change(plan: ChangePlan, old: str, new: str, paths: Sequence[str]) -> None:
    """Plan to let `new` own the pages of `old`, or only those at `paths`.

    Raises:
        HandbookError: if `new` is not a role, if nobody fills it, or if `old` owns none of the pages.

    """
    known_role(plan.before, new)
    if old == new:
        raise HandbookError(f"{old} owns these pages already; name another role")
    if not plan.before.registers.owners.is_covered(new):
        raise HandbookError(f"nobody fills {new}, and no deputy does; name one in {OWNERS_FILE} first")
    owners = _owners(plan)
    _refuse_no_pages(owners, old, paths, plan)
    for path in paths or owners:
        if owners.get(path) == old:
            _hand_on(plan, path, old, new)
    after = drafted_handbook(plan.before, plan.draft, plan.expressions_of, {})
    _remark_open_reviews(plan, after, new)
    _remark_findings(plan, after, new)
    _remark_other_duties(plan, old, new)


def _hand_on(plan: ChangePlan, path: str, old: str, new: str) -> None:
    """Write the new owner into a page, and the day: earlier reviews needed the one before."""
    page = _page(plan, path)
    values = {"owner": new, "owner_since": plan.before.today.isoformat()}
    edited = with_front_matter(page, plan.draft.text(path), values, below="owner")
    plan.draft.write(path, edited, f"{path}: {new} owns it, after {old}")


def _owners(plan: ChangePlan) -> dict[str, str]:
    """Return the owner of each page that has one, published here or not."""
    owners = {path: _page(plan, path).owner for path in pages_of(plan.before)}
    return {path: owner for path, owner in owners.items() if owner}


def _page(plan: ChangePlan, path: str) -> Page:
    return parse_page(PageSource(path, path, ""), plan.draft.read(path) or b"")


def _refuse_no_pages(owners: dict[str, str], old: str, paths: Sequence[str], plan: ChangePlan) -> None:
    if old not in owners.values():
        if old in plan.before.registers.owners.owners:
            raise HandbookError(f"{old} owns no page; see `handbook owners`")
        raise HandbookError(f"no page has the owner '{old}'; {did_you_mean(old, set(owners.values()))}")
    if paths and old not in {owners.get(path) for path in paths}:
        who = ", ".join(sorted({owners[path] for path in paths if path in owners})) or "nobody"
        raise HandbookError(f"{old} owns none of these pages; they are those of {who}")


def _remark_open_reviews(plan: ChangePlan, after: Handbook, new: str) -> None:
    """Name the open reviews for which the new owner was not asked to read its pages."""
    for review_file in after.reviews.open:
        paths = [
            path
            for path in review_file.record.pages
            if plan.draft.changes(path) and new not in review_file.readers_of(path)
        ]
        if paths:
            plan.remark(
                f"{_named(paths)} is in the open review {review_file.name}; have the new owner read with"
                f" `handbook review add-reader {new} {paths[0]} --review {review_file.name}`"
            )


def _remark_findings(plan: ChangePlan, after: Handbook, new: str) -> None:
    """Say what the check finds now, such as a review in which the new owner took no part."""
    findings = new_findings(plan.before, after, _RULES)
    for finding in findings[:_SHOWN]:
        plan.remark(f"the check finds: {finding.path}:{finding.line}: {finding.message} ({finding.code})")
    if findings[_SHOWN:]:
        plan.remark(f"the check finds {len(findings) - _SHOWN} more; see `handbook check`")
    if findings:
        plan.remark(f"a review of these pages, with {new} as a reader, settles this: `handbook review start`")


def _remark_other_duties(plan: ChangePlan, old: str, new: str) -> None:
    """Say what else names the old owner, and stays so."""
    for file in register_files(plan.draft):
        lines = lines_that_name(plan.draft, file, role_values(old, new))
        if lines:
            where = line_numbers(lines)
            plan.remark(f"{file} names {old} on {where}, which stays: only pages were handed on")


def _named(paths: Sequence[str]) -> str:
    return paths[0] if len(paths) == 1 else f"{paths[0]} (with {counted(len(paths) - 1, 'other page')})"
