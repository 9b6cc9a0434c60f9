"""A macro that asks readers to accept the pages that they have to read."""

from collections.abc import Mapping
from typing import Final

from handbook.registers.acknowledgements import FILE
from macros.context.registry import MacroContext, macro

PLACE: Final = '<div class="acknowledge-here"></div>'


def _audiences(context: MacroContext) -> Mapping[str, object]:
    return context.site.registers.acknowledgements.audiences


@macro(templates=("documents/acknowledge.html",), reviewed=_audiences, registers=(FILE,))
def acknowledge(context: MacroContext) -> str:
    """Ask readers to accept the pages that they have to read, with questions and a receipt to hand in.

    The end of the build fills it in, once all pages are there, and on `docs/acknowledge.md` only. Who is
    asked what is in registers/acknowledgements.yml.

    Example: {{ acknowledge() }}
    """
    return PLACE
