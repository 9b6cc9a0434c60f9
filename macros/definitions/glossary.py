"""A macro that lists the terms of the handbook."""

from collections.abc import Sequence

from handbook.registers.glossary import Term
from macros.context.registry import MacroContext, macro
from macros.presentation.localized import LocalizedText, alphabetical
from macros.presentation.templates import render


def _reviewed(context: MacroContext) -> Sequence[Term]:
    return context.site.registers.glossary.terms


@macro(templates=("glossary.html",), reviewed=_reviewed, registers=("registers/glossary.yml",))
def glossary(context: MacroContext) -> str:
    """Show every term with its meaning, in alphabetical order, and its name in the other languages.

    The terms are in registers/glossary.yml.

    Example: {{ glossary() }}
    """
    listed = [
        {
            "term": context.localized(term.term),
            "others": _others(context, term),
            "meaning": context.localized(term.meaning),
        }
        for term in sorted(
            context.site.registers.glossary.terms, key=lambda term: alphabetical(context.say(term.term))
        )
    ]
    return render("glossary.html", terms=listed, words=context.catalog.group("glossary"))


def _others(context: MacroContext, term: Term) -> list[LocalizedText]:
    """Return the term in each of the other languages that have a name for it."""
    if isinstance(term.term, str):
        return []
    languages = (name for name in context.site.organization.languages if name != context.language)
    return [LocalizedText(term.term[name], name) for name in languages]
