"""A macro that explains the handbook's words."""

import unicodedata

from handbook.registers.glossary import Term
from macros.context.registry import Here, macro
from macros.presentation.localized import Said
from macros.presentation.templates import render


@macro
def glossary(here: Here) -> str:
    """Show every term with its meaning, by the alphabet, and what it is called in the other languages.

    They stand in registers/glossary.yml.

    Example: {{ glossary() }}
    """
    listed = [
        {
            "term": here.said(term.term),
            "others": _others(here, term),
            "meaning": here.said(term.meaning),
        }
        for term in sorted(here.site.registers.glossary.terms, key=lambda term: _place(here.say(term.term)))
    ]
    return render("glossary.html", terms=listed, words=here.catalog.group("glossary"))


def _others(here: Here, term: Term) -> list[Said]:
    """Return the term in each of the other languages, where it has a name of its own there."""
    if isinstance(term.term, str):
        return []
    others = (one for one in here.site.organization.languages if one != here.language)
    return [Said(term.term[one], one) for one in others]


def _place(text: str) -> tuple[str, str]:
    """Return what puts a term in its place: an accent counts only between words alike without it."""
    folded = text.casefold()
    letters = (one for one in unicodedata.normalize("NFD", folded) if not unicodedata.combining(one))
    return "".join(letters), folded
