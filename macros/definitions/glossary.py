"""A macro that explains the handbook's words."""

import unicodedata

from handbook.registers.glossary import Term
from macros.context.registry import MacroContext, macro
from macros.presentation.localized import LocalizedText
from macros.presentation.templates import render


@macro(templates=("glossary.html",))
def glossary(context: MacroContext) -> str:
    """Show every term with its meaning, by the alphabet, and what it is called in the other languages.

    They stand in registers/glossary.yml.

    Example: {{ glossary() }}
    """
    listed = [
        {
            "term": context.localized(term.term),
            "others": _others(context, term),
            "meaning": context.localized(term.meaning),
        }
        for term in sorted(
            context.site.registers.glossary.terms, key=lambda term: _place(context.say(term.term))
        )
    ]
    return render("glossary.html", terms=listed, words=context.catalog.group("glossary"))


def _others(context: MacroContext, term: Term) -> list[LocalizedText]:
    """Return the term in each of the other languages, where it has a name of its own there."""
    if isinstance(term.term, str):
        return []
    others = (one for one in context.site.organization.languages if one != context.language)
    return [LocalizedText(term.term[one], one) for one in others]


def _place(text: str) -> tuple[str, str]:
    """Return what puts a term in its place: an accent counts only between words alike without it."""
    folded = text.casefold()
    letters = (one for one in unicodedata.normalize("NFD", folded) if not unicodedata.combining(one))
    return "".join(letters), folded
