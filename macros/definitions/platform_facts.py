"""Macros that state facts about platforms, each with its source and the day of the last comparison."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from handbook.registers.platform_facts import FILE, PlatformFact
from handbook.templating.macro import MacroError
from handbook.text.suggestions import did_you_mean
from macros.context.comparisons import compared_on
from macros.context.registry import MacroContext, macro
from macros.presentation.dates import localized_date
from macros.presentation.localized import LocalizedText
from macros.presentation.templates import render


def _reviewed_fact(context: MacroContext, name: str) -> PlatformFact | None:
    return context.site.registers.platform_facts.facts.get(name)


@macro(templates=("fact.html",), reviewed=_reviewed_fact, registers=("registers/platform_facts.yml",))
def fact(context: MacroContext, name: str) -> str:
    """State a fact about a platform, with its source and the day of the last comparison.

    The facts are in registers/platform_facts.yml; `facts()` shows those of a section, and `platform_facts()`
    shows all of them. A fact whose `only_for` is for other organizations shows nothing.

    Example: {{ fact("facebook-two-step") }}
    """
    register = context.site.registers.platform_facts
    if name in register.for_others:
        return ""
    if name not in register.facts:
        hint = did_you_mean(str(name), register.facts) if register.facts else f"add it to {FILE}"
        raise MacroError(f"there is no fact '{name}'; {hint}")
    return render("fact.html", fact=_shown(context, name, register.facts[name]), words=_words(context))


def _reviewed_section(context: MacroContext, platform: str, section: str) -> Mapping[str, PlatformFact]:
    return context.site.registers.platform_facts.of_section(platform, section)


@macro(
    templates=("facts.html", "fact.html"),
    reviewed=_reviewed_section,
    registers=("registers/platform_facts.yml",),
)
def facts(context: MacroContext, platform: str, section: str) -> str:
    """List the facts about one section of a platform's page, each with its source.

    The sections are who, accounts, setup, posting, accessibility, moderation, messages, live, paid, wrong and
    leaving; registers/platforms.yml has their headings. Without facts, nothing is shown.

    Example: {{ facts("facebook", "setup") }}
    """
    registers = context.site.registers
    platforms, sections = registers.platforms.platforms, registers.platforms.section_keys
    if platform not in platforms:
        raise MacroError(f"there is no platform '{platform}'; {did_you_mean(str(platform), platforms)}")
    if section not in sections:
        raise MacroError(f"there is no section '{section}'; {did_you_mean(str(section), sections)}")
    listed = registers.platform_facts.of_section(platform, section)
    shown = [_shown(context, name, fact) for name, fact in listed.items()]
    return render("facts.html", facts=shown, words=_words(context))


def _reviewed_facts(context: MacroContext, platform: str = "") -> Mapping[str, PlatformFact]:
    return dict(_listed(context, platform))


@macro(
    templates=("platform_facts.html",), reviewed=_reviewed_facts, registers=("registers/platform_facts.yml",)
)
def platform_facts(context: MacroContext, platform: str = "") -> str:
    """Show a table of the facts about the platforms that we use, or about one; the oldest come first.

    A review finds them together on the page that has this table, by the day somebody last compared them.

    Example: {{ platform_facts() }}
    Example: {{ platform_facts("facebook") }}
    """
    platforms = context.site.registers.platforms.platforms
    if platform and platform not in platforms:
        raise MacroError(f"there is no platform '{platform}'; {did_you_mean(str(platform), platforms)}")
    rows = [_shown(context, name, fact) for name, fact in _listed(context, platform)]
    return render("platform_facts.html", rows=rows, words=_words(context), one_platform=bool(platform))


def _listed(context: MacroContext, platform: str) -> Sequence[tuple[str, PlatformFact]]:
    registers = context.site.registers
    wanted = {platform} if platform else registers.platforms.used_by(context.site.organization)
    return [named for named in registers.platform_facts.to_recheck() if named[1].platform in wanted]


def _words(context: MacroContext) -> dict[str, str]:
    return context.catalog.group("platform_facts")


def _shown(context: MacroContext, name: str, fact: PlatformFact) -> dict[str, object]:
    registers = context.site.registers
    source = registers.platform_facts.source_of(fact)
    address = source.address if source else fact.address
    return {
        "name": name,
        "platform": registers.platforms.platforms[fact.platform].name,
        "statement": context.localized(fact.statement),
        "checked": compared_on(context, fact.checked),
        "address": address,
        "source": context.localized(source.title)
        if source
        else urlsplit(address or "").netloc.removeprefix("www."),
        "section": _title_of_section(context, fact.section),
        "secondary": fact.secondary,
        "until": localized_date(fact.secondary_until, context.catalog),
    }


def _title_of_section(context: MacroContext, key: str | None) -> LocalizedText | None:
    sections = context.site.registers.platforms.sections
    return next(
        (context.localized(section.title) for section in sections if key and section.key == key), None
    )
