"""Macros that show the platforms: where they help, which we use, and what private accounts there need."""

from handbook.templating.macro import MacroError
from handbook.text.suggestions import did_you_mean
from macros.context.page_facts import asked
from macros.context.registry import MacroContext, macro
from macros.presentation.dates import localized_date
from macros.presentation.templates import render


@macro(templates=("platform_addresses.html", "contact.html"))
def platform_addresses(context: MacroContext, platform: str) -> str:
    """Show where a platform itself helps: locked out, fake account, appeal, and so on.

    The addresses are in registers/platforms.yml, with the day somebody last compared them. What nobody has
    found is left out.

    Example: {{ platform_addresses("facebook") }}
    """
    known = context.site.registers.platforms.platforms
    if platform not in known:
        raise MacroError(f"there is no platform '{platform}'; {did_you_mean(str(platform), known)}")
    return render(
        "platform_addresses.html",
        platform=known[platform].name,
        addresses=known[platform].addresses.known,
        checked=localized_date(known[platform].addresses_checked, context.catalog),
        asked=asked(context.site, "security", context.language),
        words=context.catalog.group("platform_addresses"),
    )
