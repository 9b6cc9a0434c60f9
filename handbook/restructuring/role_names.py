"""Gives a role another name, everywhere but in the records that were filed under the old one."""

from collections.abc import Callable
from typing import Final

from handbook.content.edit_front_matter import with_front_matter
from handbook.content.pages import PageSource, parse_page
from handbook.editions.branch_index import owner_calendar
from handbook.errors import HandbookError
from handbook.registers.field_types import is_short_name
from handbook.registers.owners import FILE as OWNERS_FILE
from handbook.registers.owners import Owners
from handbook.registers.review_records import PLAN, ReviewFile
from handbook.restructuring.change_plan import ChangePlan, Recorder
from handbook.restructuring.drafted_handbook import drafted_handbook, pages_of
from handbook.restructuring.records import record_change
from handbook.restructuring.registers import edit_values, register_files
from handbook.reviews.open_reviews import known_role
from handbook.text.counting import counted
from handbook.yaml.edit_lines import (
    Replacement,
    compose,
    content_of,
    inline,
    insert,
    is_block,
    last_line,
    proved,
    value_at,
    with_replacements,
)
from handbook.yaml.edit_scalars import NewValue, with_key
from handbook.yaml.located import KeyPath

# The keys whose value is a role, in any register, and those whose value is a list of roles.
_ROLE: Final = frozenset(("owner", "approves", "approver", "deputy"))
_ROLES: Final = frozenset(("can_get_in", "read_by"))


def plan_role_name(plan: ChangePlan, old: str, new: str, recorder: Recorder) -> None:
    """Plan to call the role `old` `new`.

    Raises:
        HandbookError: if there is no such role, if the name is taken, or if a file cannot be changed.

    """
    owners = plan.before.registers.owners
    known_role(plan.before, old)
    _refuse_name(new, old, owners)
    _edit_owners(plan, old, new, owners)
    for file in register_files(plan.draft):
        edit_values(
            plan.draft, file, lambda path, value: new if value == old and _is_role(path) else None, "place"
        )
    for path in pages_of(plan.before):
        _edit_owner(plan, path, old, new)
    _rename_in_open_reviews(plan, old, new)
    after = drafted_handbook(plan.before, plan.draft, plan.expressions_of, {})
    record_change(plan, after, recorder, {})
    _remark_records(plan, old, new)


def _edit_owner(plan: ChangePlan, path: str, old: str, new: str) -> None:
    """Write the new name into the front matter of a page that has the old one."""
    page = parse_page(PageSource(path, path, ""), plan.draft.read(path) or b"")
    if page.owner == old:
        edited = with_front_matter(page, plan.draft.text(path), {"owner": new})
        line = page.front_matter.source.value_location_of(("owner",)).line
        plan.draft.edit(path, edited, [line], "owner")


def role_values(old: str, new: str) -> NewValue:
    """Return how a register names another role."""
    return _renamed(old, new, _is_role)


def _renamed(old: str, new: str, is_meant: Callable[[KeyPath], bool]) -> NewValue:
    """Return what puts one name in place of another, at the keys that are meant."""
    return lambda path, value: new if value == old and is_meant(path) else None


def _is_role(path: KeyPath) -> bool:
    return path[-1] in _ROLE or (len(path) > 1 and path[-2] in _ROLES) or path == ("escalation", "to")


def _refuse_name(new: str, old: str, owners: Owners) -> None:
    if not is_short_name(new):
        raise HandbookError(
            f"a role cannot be called '{new}'; use lower-case words with hyphens, such as press-lead"
        )
    if new in owners.owners:
        why = "is its name already" if new == old else f"is another role in {OWNERS_FILE}"
        raise HandbookError(f"'{new}' {why}; choose another name")
    if f"{new}.yml" == PLAN:
        raise HandbookError(f"a role that signs cannot be called '{new}'; choose another name")
    if owners.now_called(new) not in (new, old):
        raise HandbookError(f"'{new}' is the former name of {owners.now_called(new)}; choose another name")


def _edit_owners(plan: ChangePlan, old: str, new: str, owners: Owners) -> None:
    text = with_key(plan.draft.text(OWNERS_FILE), ("owners", old), new)
    former = [*(name for name in owners.owners[old].formerly if name != new), old]
    text = _with_former_names(text, new, former)
    plan.draft.write(
        OWNERS_FILE, text, f"{OWNERS_FILE}: {old} is called {new}, with `formerly: [{', '.join(former)}]`"
    )


def _with_former_names(text: str, role: str, names: list[str]) -> str:
    """Write the key `formerly` of a role, in braces or on a line of its own, as the others are."""
    entry = inline("formerly", names)
    node = value_at(value_at(compose(text), "owners"), role)
    known = value_at(node, "formerly")
    refusal = f"the key `formerly` of {role} cannot be written in {OWNERS_FILE}; write `{entry}` there"
    if node is None or not node.value:
        raise HandbookError(refusal)
    if known:
        start, end = known.start_mark.index, known.end_mark.index
        after = with_replacements(text, [Replacement(start, end, entry.removeprefix("formerly: "))])
    elif is_block(node):
        after = insert(text, last_line(node), [f"{' ' * node.start_mark.column}{entry}"])
    else:
        at = node.value[-1][1].end_mark.index
        after = with_replacements(text, [Replacement(at, at, f", {entry}")])
    data = content_of(text)
    everyone: dict[str, object] = dict(data["owners"])  # type: ignore[call-overload]
    everyone[role] = {**everyone[role], "formerly": names}  # type: ignore[dict-item]
    return proved(after, content_of, {**data, "owners": everyone}, refusal)


def _rename_in_open_reviews(plan: ChangePlan, old: str, new: str) -> None:
    """Give a role its new name in open reviews.

    Raises:
        HandbookError: if it has signed one of them: what was signed stays as it was.

    """
    for review_file in plan.before.reviews.open:
        if old not in review_file.record.readings:
            continue
        _refuse_signed(review_file, old)
        values = _renamed(old, new, lambda path: path[0] == "pages")
        edit_values(plan.draft, review_file.path, values, "place")


def _refuse_signed(review_file: ReviewFile, role: str) -> None:
    if review_file.record.readings[role] or not review_file.path.endswith(f"/{PLAN}"):
        raise HandbookError(
            f"{role} is in the open review {review_file.name}, and its reading stays as it was filed; close"
            f" the review first with `handbook review close --review {review_file.name}`"
        )


def _remark_records(plan: ChangePlan, old: str, new: str) -> None:
    """Say which records keep the old name, and why they still count."""
    files = [file.path for file in plan.before.reviews.files if not file.record.is_open and _names(file, old)]
    changes = [change for change in plan.before.reviews.editorial if change.by == old]
    if files or changes:
        parts = [counted(len(files), "review")] if files else []
        parts += [counted(len(changes), "editorial change")] if changes else []
        plan.remark(
            f"the records of {' and '.join(parts)} keep the name {old}, because what was filed stays; they"
            f" count for {new}, because `formerly` in {OWNERS_FILE} says that it was called so"
        )
    plan.remark(
        f"the calendar {owner_calendar(old)} becomes {owner_calendar(new)} with the next build; tell those"
        " who subscribed to it"
    )


def _names(review_file: ReviewFile, role: str) -> bool:
    record = review_file.record
    return role in record.readings or bool(record.meeting and role in record.meeting.took_part)
