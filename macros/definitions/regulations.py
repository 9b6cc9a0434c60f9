"""A macro that shows the laws and outside rules that limit what the organization may say."""

from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter
from typing import Final

from handbook.registers.organization import Organization
from handbook.registers.regulations import SUBJECTS, Regulation
from handbook.registers.sources import Source
from handbook.templating.macro import MacroError
from handbook.text.suggestions import did_you_mean
from macros.context.page_facts import asked
from macros.context.registry import MacroContext, macro
from macros.definitions.citations import cited
from macros.presentation.templates import render

_EVERYWHERE: Final = "everywhere"


def _reviewed(context: MacroContext, subject: str = "") -> Mapping[str, tuple[Regulation, Source]]:
    registers = context.site.registers
    listed = registers.regulations.on(subject)
    return {name: (rule, registers.sources.sources[rule.source]) for name, rule in listed.items()}


@macro(templates=("regulations.html",), reviewed=_reviewed, registers=("registers/regulations.yml",))
def regulations(context: MacroContext, subject: str = "") -> str:
    """Show the outside rules for the organization's sector and for the places whose law it follows.

    Each says what it means online, what never to do, whom to ask, and its source. The rules are in
    registers/regulations.yml. Name a subject to show only its rules: work, privacy, promotion, access,
    politics or content; other shows the rules that name no subject, and nothing if there are none.

    Example: {{ regulations() }}
    Example: {{ regulations("privacy") }}
    """
    if subject and subject not in SUBJECTS:
        raise MacroError(f"there is no subject '{subject}'; {did_you_mean(str(subject), SUBJECTS)}")
    organization = context.site.organization
    chosen = context.site.registers.regulations.on(subject)
    if subject == "other" and not chosen:
        return ""
    places = (*organization.jurisdictions, "eu", _EVERYWHERE)
    listed = [_shown(context, name, rule, _place(rule, organization)) for name, rule in chosen.items()]
    listed.sort(key=lambda row: places.index(str(row["place"])))
    by_place = [(place, list(rows)) for place, rows in groupby(listed, itemgetter("place"))]
    return render(
        "regulations.html",
        places=by_place,
        labels=context.catalog.group("regulations"),
        names=context.catalog.group("place"),
        words=context.catalog.group("sources"),
    )


def _place(rule: Regulation, organization: Organization) -> str:
    """Return where a rule applies; one of the Union belongs to it, not to the member states that it names."""
    named = rule.only_for.jurisdictions
    if "eu" in named:
        return "eu"
    return next((place for place in organization.jurisdictions if place in named), _EVERYWHERE)


def _shown(context: MacroContext, name: str, rule: Regulation, place: str) -> dict[str, object]:
    return {
        "name": name,
        "place": place,
        "title": context.localized(rule.title),
        "means": context.localized(rule.means),
        "never": context.localized(rule.never),
        "asked": asked(context.site, rule.ask, context.language),
        "source": cited(context, rule.source, context.site.registers.sources.sources[rule.source]),
    }
