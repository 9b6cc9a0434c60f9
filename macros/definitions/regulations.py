"""A macro that shows the outside rules that limit what the organization may say."""

from macros.context.page_facts import asked
from macros.context.registry import MacroContext, macro
from macros.definitions.citations import cited
from macros.presentation.templates import render


@macro(templates=("regulations.html",))
def regulations(context: MacroContext) -> str:
    """Show the outside rules for an organization of our sector, in the places whose law we follow.

    Each says what it means online, what never to do, whom to ask, and its source. They stand in
    registers/regulations.yml.

    Example: {{ regulations() }}
    """
    registers = context.site.registers
    listed = [
        {
            "name": name,
            "title": context.localized(one.title),
            "means": context.localized(one.means),
            "never": context.localized(one.never),
            "asked": asked(context.site, one.ask, context.language),
            "source": cited(context, one.source, registers.sources.sources[one.source]),
        }
        for name, one in registers.regulations.regulations.items()
    ]
    return render(
        "regulations.html",
        regulations=listed,
        labels=context.catalog.group("regulations"),
        words=context.catalog.group("sources"),
    )
