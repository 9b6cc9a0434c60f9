"""Macros that sum up a page."""

from collections.abc import Sequence

from handbook.templating.macro import MacroError
from macros.context.page_facts import page_facts as facts_of
from macros.context.registry import MacroContext, macro
from macros.presentation.templates import render


@macro
def at_a_glance(
    context: MacroContext, may: Sequence[str] = (), ask: Sequence[str] = (), never: Sequence[str] = ()
) -> str:
    """Show the card that answers first: what you may do, what to ask, what not to do.

    It stands on lines of its own, right after the first sentence of the page. Each list is
    optional; items are short, and may hold links and emphasis.

    Example: {{ at_a_glance(may=["Share our posts"], ask=["Before you film"], never=["Share passwords"]) }}
    """
    given = {"may": may, "ask": ask, "never": never}
    for name, items in given.items():
        if not isinstance(items, list | tuple) or not all(
            isinstance(item, str) and item.strip() for item in items
        ):
            raise MacroError(
                f'at_a_glance() wants a list of texts for {name}; write for example {name}=["Ask first"]'
            )
    if not any(given.values()):
        raise MacroError('at_a_glance() has nothing to show; write for example may=["Share our posts"]')
    parts = [{"kind": kind, "items": items} for kind, items in given.items() if items]
    return render("at_a_glance.md", parts=parts, words=context.catalog.group("glance"))


@macro
def page_facts(context: MacroContext) -> str:
    """Show a table of what the front matter says: owner, reviews, audience.

    Example: {{ page_facts() }}
    """
    today = context.site.organization.today()
    facts = facts_of(context.required_page(), context.site, context.catalog, today)
    return render(
        "page_facts.html",
        facts=facts,
        words=context.catalog.group("facts"),
        caption=context.catalog["page_facts.caption"],
    )
