"""Macros that summarize a page."""

from collections.abc import Sequence

from handbook.templating.macro import MacroError
from macros.context.page_facts import page_facts as facts_of
from macros.context.registry import MacroContext, macro
from macros.presentation.templates import render


@macro(templates=("at_a_glance.md",))
def at_a_glance(
    context: MacroContext, may: Sequence[str] = (), ask: Sequence[str] = (), never: Sequence[str] = ()
) -> str:
    """Show a card with the short answer: what you may do, when to ask first, and what never to do.

    Put it on lines of its own, right after the first sentence of the page. Each list is optional. Keep
    the items short; they may contain links and emphasis.

    Example: {{ at_a_glance(may=["Share our posts"], ask=["Before you film"], never=["Share passwords"]) }}
    """
    given = {"may": may, "ask": ask, "never": never}
    for name, items in given.items():
        if not isinstance(items, list | tuple) or not all(
            isinstance(item, str) and item.strip() for item in items
        ):
            raise MacroError(
                f'at_a_glance() needs a list of texts for {name}; write, for example, {name}=["Ask first"]'
            )
    if not any(given.values()):
        raise MacroError('at_a_glance() has nothing to show; write, for example, may=["Share our posts"]')
    parts = [{"kind": kind, "items": items} for kind, items in given.items() if items]
    return render("at_a_glance.md", parts=parts, words=context.catalog.group("glance"))


@macro(templates=("page_facts.html",))
def page_facts(context: MacroContext) -> str:
    """Show a table of the facts in the front matter: owner, reviews, audience.

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
