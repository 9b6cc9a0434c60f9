"""A macro for the telephone numbers on the pocket card."""

from typing import Final

from handbook.registers.organization import PURPOSES
from macros.context.page_facts import asked
from macros.context.registry import MacroContext, macro
from macros.presentation.templates import render

_FIRST: Final = "emergencies"


@macro(templates=("pocket_card.html",))
def pocket_card(context: MacroContext) -> str:
    """Show whom to call, in large numbers for a card on paper: first in an emergency, then for all else.

    It lists the contacts of organization.yml that have a telephone. Without one for emergencies, it shows the
    mail address.

    Example: {{ pocket_card() }}
    """
    first = asked(context.site, _FIRST, context.language)
    listed = [asked(context.site, purpose, context.language) for purpose in PURPOSES if purpose != _FIRST]
    numbers = {(contact.role, contact.phone): contact for contact in listed if contact.phone}
    others = [contact for contact in numbers.values() if contact.phone != first.phone]
    return render("pocket_card.html", first=first, others=others, words=context.catalog.group("pocket_card"))
