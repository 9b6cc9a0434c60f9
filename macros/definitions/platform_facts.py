"""Macros that state facts about platforms, each with the day it was last checked."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from handbook.registers.platform_facts import FILE, PlatformFact
from handbook.templating.macro import MacroError
from handbook.text.suggestions import did_you_mean
from macros.context.registry import MacroContext, macro
from macros.presentation.dates import localized_date
from macros.presentation.templates import render


def _reviewed_fact(context: MacroContext, name: str) -> PlatformFact | None:
    return context.site.registers.platform_facts.facts.get(name)


@macro(templates=("fact.html",), reviewed=_reviewed_fact)
def fact(context: MacroContext, name: str) -> str:
    """State a fact about a platform, with the day it was last checked.

    The facts are in registers/platform_facts.yml; `platform_facts()` shows all of them.

    Example: {{ fact("facebook-two-step") }}
    """
    facts = context.site.registers.platform_facts.facts
    if name not in facts:
        hint = did_you_mean(str(name), facts) if facts else f"add it to {FILE}"
        raise MacroError(f"there is no fact '{name}'; {hint}")
    return render("fact.html", fact=_shown(context, name, facts[name]), words=_words(context))


def _reviewed_facts(context: MacroContext, platform: str = "") -> Mapping[str, PlatformFact]:
    facts = context.site.registers.platform_facts.facts
    return {name: fact for name, fact in facts.items() if platform in ("", fact.platform)}


@macro(templates=("platform_facts.html",), reviewed=_reviewed_facts)
def platform_facts(context: MacroContext, platform: str = "") -> str:
    """Show a table of the facts about all platforms or one; those checked longest ago come first.

    A review finds them together on the page that has this table.

    Example: {{ platform_facts() }}
    Example: {{ platform_facts("facebook") }}
    """
    platforms = context.site.registers.platforms.platforms
    if platform and platform not in platforms:
        raise MacroError(f"there is no platform '{platform}'; {did_you_mean(str(platform), platforms)}")
    listed = context.site.registers.platform_facts.to_recheck(platform or None)
    rows = [_shown(context, name, fact) for name, fact in listed]
    return render("platform_facts.html", rows=rows, words=_words(context), one_platform=bool(platform))


def _words(context: MacroContext) -> dict[str, str]:
    return context.catalog.group("platform_facts")


def _shown(context: MacroContext, name: str, fact: PlatformFact) -> dict[str, object]:
    registers = context.site.registers
    source = registers.platform_facts.source_of(fact)
    address = source.address if source else fact.address
    return {
        "name": name,
        "platform": registers.platforms.platforms[fact.platform].name,
        "statement": context.say(fact.statement),
        "checked": localized_date(fact.checked, context.catalog),
        "address": address,
        "source": context.say(source.title)
        if source
        else urlsplit(address or "").netloc.removeprefix("www."),
        "secondary": fact.secondary,
    }
