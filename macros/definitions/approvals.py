"""A macro that says who decides before a post of ours goes out."""

from collections.abc import Sequence
from dataclasses import replace

from handbook.registers.approvals import FILE, Approvals, Level, LevelName
from handbook.templating.macro import MacroError
from handbook.text.suggestions import did_you_mean
from macros.context.page_facts import asked
from macros.context.registry import MacroContext, macro
from macros.presentation.localized import LocalizedText
from macros.presentation.templates import render


def _reviewed(context: MacroContext, level: str = "") -> object:
    """Return the ladder, or a level as it is and its grounds."""
    approvals = context.site.registers.approvals
    chosen = {name: known for name, known in approvals.levels.items() if level in ("", name)}
    return [Approvals(levels=chosen), [ground for name in chosen for ground in approvals.of(name)]]


@macro(
    templates=("approvals.html", "approval.html"), reviewed=_reviewed, registers=("registers/approvals.yml",)
)
def approvals(context: MacroContext, level: str = "") -> str:
    """Show which posts you may publish alone, and who decides about the others.

    Without a level, it shows the whole ladder, with what the sector of the organization adds. With a level
    (green, amber, red or never), it shows that one in a line of text. The ladder is in
    registers/approvals.yml.

    Example: {{ approvals() }}
    Example: {{ approvals("red") }}
    """
    known = context.site.registers.approvals.levels
    if level and level not in known:
        hint = did_you_mean(str(level), known) if known else f"describe it in {FILE}"
        raise MacroError(f"there is no level '{level}'; {hint}")
    words = context.catalog.group("approvals")
    shown = [_shown(context, name, approval) for name, approval in known.items() if level in ("", name)]
    if level:
        return render("approval.html", level=shown[0], words=words)
    return render("approvals.html", levels=shown, words=words)


def _shown(context: MacroContext, name: LevelName, level: Level) -> dict[str, object]:
    return {
        "name": context.localized(level.name),
        "grounds": _begun_with_a_capital(texts_of_level(context, name)),
        "who": context.localized(level.who),
        "asked": asked(context.site, level.ask, context.language) if level.ask else None,
        "example": context.localized(level.example) if level.example else None,
    }


def _begun_with_a_capital(texts: Sequence[LocalizedText]) -> Sequence[LocalizedText]:
    return [
        replace(text, text=text.text[:1].upper() + text.text[1:]) if number == 0 else text
        for number, text in enumerate(texts)
    ]


def texts_of_level(context: MacroContext, level: LevelName) -> Sequence[LocalizedText]:
    """Return what the posts of a level are about."""
    return [context.localized(ground.text) for ground in context.site.registers.approvals.of(level)]
