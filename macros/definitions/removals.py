"""A macro that lists for which reasons we hide or remove a comment."""

from collections.abc import Sequence
from typing import Final

from handbook.registers.removals import RemovalGround
from handbook.templating.macro import MacroError
from macros.context.registry import MacroContext, macro
from macros.presentation.localized import LocalizedText
from macros.presentation.templates import render

_FORMS: Final = ("list", "sentence")


def _reviewed(context: MacroContext, form: str = "list") -> Sequence[RemovalGround]:
    return list(context.site.registers.removals.grounds.values())


@macro(templates=("removals.html",), reviewed=_reviewed, registers=("registers/removals.yml",))
def removal_grounds(context: MacroContext, form: str = "list") -> str:
    """List for which reasons we hide or remove a comment.

    With "sentence", the reasons follow each other in a line, so that they fit after a few words of yours.
    They are in registers/removals.yml. What the law of the organization's field does not allow is left out.

    Example: {{ removal_grounds() }}
    Example: We remove only: {{ removal_grounds("sentence") }}.
    """
    if form not in _FORMS:
        raise MacroError(f"removal_grounds() cannot be a '{form}'; write it without a word, or \"sentence\"")
    return render(
        "removals.html",
        grounds=removal_texts(context),
        in_a_line=form == "sentence",
        words=context.catalog.group("removals"),
    )


def removal_texts(context: MacroContext) -> Sequence[LocalizedText]:
    """Return the reasons in the language of the page."""
    grounds = context.site.registers.removals.grounds.values()
    return [context.localized(ground.text) for ground in grounds]
