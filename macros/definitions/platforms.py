"""Macros that show the platforms: where they help, which we use, and what private accounts there need."""

from collections.abc import Mapping, Sequence

from handbook.registers.platforms import Platform, page_of_platform
from handbook.templating.macro import MacroError
from handbook.text.suggestions import did_you_mean
from macros.context.comparisons import compared_on
from macros.context.page_facts import asked
from macros.context.registry import MacroContext, macro
from macros.presentation.templates import render


@macro(
    templates=("platform_addresses.html", "addresses_by_platform.html", "contact.html"),
    registers=("registers/platforms.yml",),
)
def platform_addresses(context: MacroContext, platform: str = "") -> str:
    """Show where a platform itself helps: locked out, fake account, appeal, and so on.

    The addresses are in registers/platforms.yml, with the day somebody last compared them. What nobody has
    found is left out. Without a platform, it shows for each that we use where to go if we are locked out, or
    if an account poses as us.

    Example: {{ platform_addresses("facebook") }}
    Example: {{ platform_addresses() }}
    """
    words = context.catalog.group("platform_addresses")
    contact = asked(context.site, "security", context.language)
    if not platform:
        used = _used(context).values()
        return render("addresses_by_platform.html", platforms=used, words=words, asked=contact)
    known = context.site.registers.platforms.platforms
    if platform not in known:
        raise MacroError(f"there is no platform '{platform}'; {did_you_mean(str(platform), known)}")
    return render(
        "platform_addresses.html",
        platform=known[platform].name,
        addresses=known[platform].addresses.known,
        checked=compared_on(context, known[platform].addresses_checked),
        asked=contact,
        words=words,
    )


def _used(context: MacroContext) -> Mapping[str, Platform]:
    """Return the platforms on which the organization has an account, in the order of the register."""
    register = context.site.registers.platforms
    used = register.used_by(context.site.organization)
    return {key: platform for key, platform in register.platforms.items() if key in used}


def _reviewed_pages(context: MacroContext) -> Sequence[object]:
    return [(each.name, each.good_for, each.takes, each.risk) for each in _used(context).values()]


@macro(templates=("platform_pages.html",), reviewed=_reviewed_pages, registers=("registers/platforms.yml",))
def platform_pages(context: MacroContext) -> str:
    """Show a table of the platforms that we use, each with a link to its page if there is one.

    A page of a platform is published only if organization.yml has an account there, so list these pages with
    this macro rather than with links of your own. The texts are in registers/platforms.yml.

    Example: {{ platform_pages() }}
    """
    rows = [
        {
            "name": platform.name,
            "link": context.link(page_of_platform(key)),
            "texts": [
                context.localized(text) if text else ""
                for text in (platform.good_for, platform.takes, platform.risk)
            ],
        }
        for key, platform in _used(context).items()
    ]
    return render("platform_pages.html", rows=rows, words=context.catalog.group("platform_pages"))


def _reviewed_advice(context: MacroContext) -> Sequence[object]:
    return [(each.name, each.personal) for each in context.site.registers.platforms.platforms.values()]


@macro(templates=("personal_use.html",), reviewed=_reviewed_advice, registers=("registers/platforms.yml",))
def personal_use(context: MacroContext) -> str:
    """List what to keep in mind on a private account, in one line for each platform.

    The lines are the `personal` texts in registers/platforms.yml. They are for every platform there, whether
    or not we have an account on it.

    Example: {{ personal_use() }}
    """
    advice = {
        platform.name: context.localized(platform.personal)
        for platform in context.site.registers.platforms.platforms.values()
        if platform.personal
    }
    return render("personal_use.html", advice=advice)
