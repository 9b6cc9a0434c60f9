"""A macro for the telephone numbers on the pocket card."""

from typing import Final

from handbook.registers.contacts import PURPOSES
from macros.context.page_facts import asked
from macros.context.registry import MacroContext, macro
from macros.definitions.emergencies import reviewed_emergencies
from macros.presentation.localized import LocalizedText
from macros.presentation.templates import render

_FIRST: Final = "emergencies"


@macro(
    templates=("pocket_card.html",),
    reviewed=reviewed_emergencies,
    registers=("registers/emergency_route.yml",),
)
def pocket_card(context: MacroContext) -> str:
    """Show whom to call, in large numbers for a card on paper: first in an emergency, then for all else.

    It lists the contacts of organization.yml that have a telephone, and what each is called for, as
    registers/emergency_route.yml says. Without a telephone for emergencies, it shows the mail address.

    Example: {{ pocket_card() }}
    """
    first = asked(context.site, _FIRST, context.language)
    purposes = [purpose for purpose in PURPOSES if purpose != _FIRST]
    listed = {purpose: asked(context.site, purpose, context.language) for purpose in purposes}
    numbers = {(contact.role, contact.phone): contact for contact in listed.values() if contact.phone}
    others = [
        {
            "contact": contact,
            "called_for": _called_for(context, [name for name in purposes if listed[name] == contact]),
        }
        for contact in numbers.values()
        if contact.phone != first.phone
    ]
    return render(
        "pocket_card.html",
        first=first,
        first_called_for=_called_for(context, [_FIRST]),
        others=others,
        words=context.catalog.group("pocket_card"),
    )


def _called_for(context: MacroContext, purposes: list[str]) -> list[LocalizedText]:
    emergencies = reviewed_emergencies(context).values()
    return [context.localized(emergency.short) for emergency in emergencies if emergency.call in purposes]
