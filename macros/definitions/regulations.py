"""A macro that shows the laws and outside rules that limit what the organization may say."""

from collections.abc import Mapping

from handbook.registers.regulations import Regulation
from handbook.registers.sources import Source
from macros.context.page_facts import asked
from macros.context.registry import MacroContext, macro
from macros.definitions.citations import cited
from macros.presentation.templates import render


def _reviewed(context: MacroContext) -> Mapping[str, tuple[Regulation, Source]]:
    registers = context.site.registers
    listed = registers.regulations.regulations
    return {name: (rule, registers.sources.sources[rule.source]) for name, rule in listed.items()}


@macro(templates=("regulations.html",), reviewed=_reviewed)
def regulations(context: MacroContext) -> str:
    """Show the outside rules for the organization's sector and for the places whose law it follows.

    Each says what it means online, what never to do, whom to ask, and its source. The rules are in
    registers/regulations.yml.

    Example: {{ regulations() }}
    """
    registers = context.site.registers
    listed = [
        {
            "name": name,
            "title": context.localized(regulation.title),
            "means": context.localized(regulation.means),
            "never": context.localized(regulation.never),
            "asked": asked(context.site, regulation.ask, context.language),
            "source": cited(context, regulation.source, registers.sources.sources[regulation.source]),
        }
        for name, regulation in registers.regulations.regulations.items()
    ]
    return render(
        "regulations.html",
        regulations=listed,
        labels=context.catalog.group("regulations"),
        words=context.catalog.group("sources"),
    )
