"""Macros about emergencies: whom to call, and the lines that help people in despair."""

from collections.abc import Mapping

from babel import Locale

from handbook.registers.emergency_route import Emergency
from handbook.registers.helplines import Country, Helpline
from macros.context.comparisons import compared_on
from macros.context.page_facts import asked, dialled
from macros.context.registry import MacroContext, macro
from macros.presentation.templates import render


def reviewed_emergencies(context: MacroContext) -> Mapping[str, Emergency]:
    """Return the register that the table and the pocket card show."""
    return context.site.registers.emergency_route.emergencies


@macro(
    templates=("emergency_route.html",),
    reviewed=reviewed_emergencies,
    registers=("registers/emergency_route.yml",),
)
def emergency_route(context: MacroContext) -> str:
    """Show the one table that says whom to call in which emergency, with links to the steps.

    The kinds of emergency are in registers/emergency_route.yml, and the numbers in organization.yml.

    Example: {{ emergency_route() }}
    """
    number = context.site.emergency_number(context.language)
    emergencies = context.site.registers.emergency_route.emergencies.values()
    rows = [
        {
            "title": context.localized(emergency.title),
            "link": context.link(emergency.page),
            "anchor": emergency.anchor,
            "asked": asked(context.site, emergency.call, context.language),
        }
        for emergency in emergencies
    ]
    return render(
        "emergency_route.html",
        rows=rows,
        has_danger=any(emergency.danger for emergency in emergencies),
        number=number,
        dialled=dialled(number.text) if any(map(str.isdigit, number.text)) else None,
        words=context.catalog.group("emergency"),
    )


def _reviewed_helplines(context: MacroContext) -> Mapping[str, Helpline]:
    return context.site.registers.helplines.helplines


@macro(templates=("helplines.html",), reviewed=_reviewed_helplines, registers=("registers/helplines.yml",))
def helplines(context: MacroContext) -> str:
    """Show the lines that help people in despair, in the countries whose law the organization follows.

    They are in registers/helplines.yml, each with the source that it was compared with.

    Example: {{ helplines() }}
    """
    rows = [
        {
            "country": _name_of(line.country, context.language),
            "name": context.localized(line.name),
            "number": line.number,
            "dialled": dialled(line.number),
            "also": context.localized(line.also) if line.also else None,
            "hours": context.localized(line.hours),
            "address": line.address,
            "source": line.source,
            "checked": compared_on(context, line.checked),
        }
        for line in context.site.registers.helplines.helplines.values()
    ]
    return render("helplines.html", rows=rows, words=context.catalog.group("helplines"))


def _name_of(country: Country, language: str) -> str:
    code = {"uk": "GB"}.get(country, country.upper())
    return str(Locale.parse(language, sep="-").territories[code])
