"""Macros for auditors."""

from macros.context.registry import MacroContext, macro
from macros.presentation.dates import localized_date
from macros.presentation.localized import LocalizedText
from macros.presentation.templates import render


@macro(templates=("waivers.html",), registers=("registers/waivers.yml",))
def waivers(context: MacroContext) -> str:
    """Show a table of the waivers: which page is exempt from which rule, why, by whom, and until when.

    The waivers are in registers/waivers.yml and registers/waivers/.

    Example: {{ waivers() }}
    """
    rows = [
        {
            "page": waiver.page,
            "rule": waiver.rule,
            "reason": waiver.reason,
            "approver": _approver(context, waiver.approver),
            "end": localized_date(waiver.end, context.catalog),
        }
        for waiver in context.site.registers.waivers.waivers
    ]
    return render("waivers.html", rows=rows, words=context.catalog.group("waivers"))


def _approver(context: MacroContext, role: str) -> LocalizedText:
    owner = context.site.owners.find(context.site.owners.now_called(role))
    return context.localized(owner.title) if owner else LocalizedText(role)
