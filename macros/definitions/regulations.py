"""A macro that shows the outside rules that limit what the organization may say."""

from macros.context.page_facts import asked
from macros.context.registry import Here, macro
from macros.definitions.citations import cited
from macros.presentation.templates import render


@macro
def regulations(here: Here) -> str:
    """Show the outside rules for an organization of our sector, in the places whose law we follow.

    Each says what it means online, what never to do, whom to ask, and its source. They stand in
    registers/regulations.yml.

    Example: {{ regulations() }}
    """
    registers = here.site.registers
    listed = [
        {
            "name": name,
            "title": here.said(one.title),
            "means": here.said(one.means),
            "never": here.said(one.never),
            "asked": asked(here.site, one.ask, here.language),
            "source": cited(here, one.source, registers.sources.sources[one.source]),
        }
        for name, one in registers.regulations.regulations.items()
    ]
    return render(
        "regulations.html",
        regulations=listed,
        labels=here.catalog.group("regulations"),
        words=here.catalog.group("sources"),
    )
