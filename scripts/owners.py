"""`handbook owners`: shows what each role answers for, and when."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import click
from pydantic_core import to_jsonable_python

from handbook.model import Handbook
from handbook.registers.owners import FILE
from handbook.reviews.workload import (
    Duty,
    Week,
    due_by_week,
    due_days,
    duties,
    leveled,
    roles_of_one_holder,
)
from handbook.text.counting import counted
from handbook.text.json_text import as_document
from handbook.text.quoting import one_line
from scripts.command_name import with_real_command
from scripts.options import exits_with_status, format_option, root_option, today_option
from scripts.site.publication import read_handbook

_EPILOG: Final = "Exit status: 0, or 2 if the command failed."
_COLUMNS: Final = ("role", "pages", "overdue", "not reviewed", "next due", "answers")


@click.command(name="owners", epilog=_EPILOG)
@click.option("--level", is_flag=True, help="Propose weeks for the reviews, none of them later than due.")
@click.option(
    "--most",
    type=click.IntRange(1, 200),
    default=10,
    show_default=True,
    metavar="NUMBER",
    help="Most pages to be reviewed in a week.",
)
@format_option("Output format.")
@today_option
@root_option
@exits_with_status
def command(level: bool, most: int, name: str, today: datetime.date | None, root: Path) -> int:
    """Show how many pages each role owns, when they are due, and what gets in the way.

    It names roles that nobody fills, people who alone hold several roles, and weeks in which more than --most
    pages are due. With --level, it proposes a week for the review of each page: the one in which it is due,
    or an earlier one. A page that is reviewed earlier is due earlier the next time, so weeks stay level.
    """
    handbook, _ = read_handbook(root, today)
    roles, due = duties(handbook), due_days(handbook)
    weeks = due_by_week(due, handbook.today)
    plan = leveled(due, handbook.today, most) if level else []
    notes = list(_notes(handbook, roles, weeks, most))
    if name == "json":
        data = to_jsonable_python(_as_data(roles, weeks, plan, notes, level=level))
        click.echo(as_document(data), nl=False)
        return 0
    for line in (*_table(roles), *notes, *_plan(handbook, plan, due, most, level=level)):
        click.echo(one_line(with_real_command(line)))
    return 0


def _as_data(
    roles: Sequence[Duty], weeks: Sequence[Week], plan: Sequence[Week], notes: Sequence[str], *, level: bool
) -> Mapping[str, object]:
    data: dict[str, object] = {"roles": roles, "weeks": weeks, "notes": notes}
    return {**data, "plan": plan} if level else data


def _table(roles: Sequence[Duty]) -> Iterator[str]:
    rows = [_COLUMNS, *map(_row, roles)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _row(duty: Duty) -> tuple[str, ...]:
    numbers = (len(duty.pages), len(duty.overdue), len(duty.unreviewed))
    next_due = str(duty.next_due or "-")
    return duty.role, *map(str, numbers), next_due, _answering(duty)


def _answering(duty: Duty) -> str:
    """Return who answers for a role, as far as the register says it."""
    if not duty.covered:
        return "nobody"
    if not duty.filled:
        return f"its deputy, {duty.deputy}"
    return counted(len(duty.holders), "holder") if duty.holders else "filled, holders not listed"


def _notes(handbook: Handbook, roles: Sequence[Duty], weeks: Sequence[Week], most: int) -> Iterator[str]:
    """Yield what stands in the way, as far as it is known."""
    yield from _notes_on_roles(handbook, roles)
    for week in weeks:
        if len(week.pages) > most:
            yield (
                f"note: {counted(len(week.pages), 'page')} are due in the week of {week.monday}, the first by"
                f" {week.first_due}; see `handbook owners --level`"
            )


def _notes_on_roles(handbook: Handbook, roles: Sequence[Duty]) -> Iterator[str]:
    for duty in roles:
        if not duty.covered:
            yield f"note: nobody fills {duty.role}, and no deputy does; name one in {FILE}"
        elif not duty.filled:
            yield f"note: {duty.role} is vacant; its deputy, {duty.deputy}, answers for it"
    known = {duty.role for duty in roles}
    lost = [page.path for page in handbook.own_pages if page.owner not in known]
    if lost:
        yield f"note: {counted(len(lost), 'page')} without an owner from {FILE}, such as {lost[0]}"
    yield from _notes_on_holders(roles)


def _notes_on_holders(roles: Sequence[Duty]) -> Iterator[str]:
    """Yield who holds several roles alone, so that a review by these roles is one by one person."""
    for holder, held in roles_of_one_holder(roles).items():
        which = "every role" if len(held) == len(roles) else ", ".join(held)
        yield f"note: {holder} alone holds {which}; a review by two of these roles is one by one person"
    silent = [duty.role for duty in roles if not duty.holders]
    if silent:
        yield (
            f"note: {FILE} lists no holders of {', '.join(silent)}, so it is not known whether one person"
            " holds several roles"
        )


def _plan(
    handbook: Handbook, plan: Sequence[Week], due: Mapping[str, datetime.date], most: int, *, level: bool
) -> Iterator[str]:
    """Yield a line and a command for each week in which to review pages."""
    if not level:
        return
    yield from _urgent(handbook, due, most)
    for week in plan:
        yield f"week of {week.monday}: {counted(len(week.pages), 'page')}, the first due by {week.first_due}"
        yield f"  handbook review start {' '.join(week.pages)}"
    if plan and len(plan[0].pages) > most:
        yield f"note: the first week has over {most}: a review may be earlier than due, but never later"


def _urgent(handbook: Handbook, due: Mapping[str, datetime.date], most: int) -> Iterator[str]:
    """Yield what to do about pages that are overdue or were never reviewed: no week can be found for them."""
    pages = handbook.own_pages
    urgent = [page.path for page in pages if due.get(page.path, datetime.date.min) < handbook.today]
    if urgent:
        parts = -(-len(urgent) // most)
        spread = f" --spread {parts}" if 1 < parts <= 52 else ""
        yield f"now: {counted(len(urgent), 'page')} overdue or without a review"
        yield f"  handbook review start{spread}"
