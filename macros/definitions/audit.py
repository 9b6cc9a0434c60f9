"""Macros for auditors."""

from macros.context.registry import Here, macro
from macros.presentation.dates import shown_day
from macros.presentation.templates import render


@macro
def waivers(here: Here) -> str:
    """Show a table of the waivers: which page need not follow which rule, why, who approved, until when.

    They stand in registers/waivers.yml.

    Example: {{ waivers() }}
    """
    rows = [
        {
            "page": waiver.page,
            "rule": waiver.rule,
            "reason": waiver.reason,
            "approver": _approver(here, waiver.approver),
            "end": shown_day(waiver.end, here.catalog),
        }
        for waiver in here.site.registers.waivers.waivers
    ]
    return render("waivers.html", rows=rows, words=here.catalog.group("waivers"))


def _approver(here: Here, role: str) -> str:
    owner = here.site.owners.find(role)
    return here.say(owner.title) if owner else role
