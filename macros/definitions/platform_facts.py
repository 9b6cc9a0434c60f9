"""Macros that state what platforms do, each statement with the day somebody checked it."""

from urllib.parse import urlsplit

from handbook.registers.platform_facts import FILE, PlatformFact
from handbook.templating.expressions import MacroError
from handbook.text.suggestions import did_you_mean
from macros.context.registry import Here, macro
from macros.presentation.dates import shown_day
from macros.presentation.templates import render


@macro
def fact(here: Here, name: str) -> str:
    """State a fact about a platform, with the day when somebody last checked it.

    The facts stand in registers/platform_facts.yml; `platform_facts()` shows them all.

    Example: {{ fact("facebook-two-step") }}
    """
    facts = here.site.registers.platform_facts.facts
    if name not in facts:
        mend = did_you_mean(str(name), facts) if facts else f"add it to {FILE}"
        raise MacroError(f"there is no fact '{name}'; {mend}")
    return render("fact.html", fact=_shown(here, name, facts[name]), words=_words(here))


@macro
def platform_facts(here: Here, platform: str = "") -> str:
    """Show a table of the facts about all platforms or one, those checked longest ago first.

    The page where it stands is where a review finds them together.

    Example: {{ platform_facts() }}
    Example: {{ platform_facts("facebook") }}
    """
    platforms = here.site.registers.platforms.platforms
    if platform and platform not in platforms:
        raise MacroError(f"there is no platform '{platform}'; {did_you_mean(str(platform), platforms)}")
    listed = here.site.registers.platform_facts.to_recheck(platform or None)
    rows = [_shown(here, name, one) for name, one in listed]
    return render("platform_facts.html", rows=rows, words=_words(here), one_platform=bool(platform))


def _words(here: Here) -> dict[str, str]:
    return here.catalog.group("platform_facts")


def _shown(here: Here, name: str, one: PlatformFact) -> dict[str, object]:
    registers = here.site.registers
    source = registers.platform_facts.source_of(one)
    address = source.address if source else one.address
    return {
        "name": name,
        "platform": registers.platforms.platforms[one.platform].name,
        "statement": here.say(one.statement),
        "checked": shown_day(one.checked, here.catalog),
        "address": address,
        "source": here.say(source.title) if source else urlsplit(address or "").netloc.removeprefix("www."),
        "secondary": one.secondary,
    }
