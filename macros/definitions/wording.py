"""The macro that shows authors what the rules on wording object to, and what to write instead."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, get_args

from handbook.content.sectors import Jurisdiction
from handbook.rules import RULES
from handbook.rules.wording.guidance import Clause, Place, Subject, places_for, subjects
from handbook.rules.wording.rules import is_public_body
from macros.context.registry import MacroContext, macro
from macros.presentation.dates import LocalizedDate, localized_date
from macros.presentation.localized import LocalizedText
from macros.presentation.templates import render

_RULES_PAGE: Final = "docs/contributing/rules.md"
# What the rules say about themselves, and about what they rest on.
_OURS: Final = "en"


@dataclass(frozen=True, slots=True)
class _Row:
    """What the guidance of a place says of a subject. `address` is where the rule is explained."""

    code: str
    address: str | None
    title: LocalizedText
    why: LocalizedText
    write: LocalizedText
    source: LocalizedText
    source_address: str
    says: LocalizedText
    decided: LocalizedDate | None


@macro(templates=("wording_rules.html",))
def wording_rules(context: MacroContext) -> str:
    """Show why the guidance of your places faults wording, what to write instead, and the source.

    There is a table for each place in `jurisdictions` of organization.yml of which guidance is known.

    Example: {{ wording_rules() }}
    """
    words = context.catalog.group("wording_rules")
    tables: dict[tuple[str, str], list[_Row]] = {}
    organization = context.site.organization
    guidance = places_for(organization.jurisdictions, is_public=is_public_body(organization))
    for place in sorted(guidance, key=lambda place: get_args(Jurisdiction).index(place.jurisdiction)):
        title = (context.catalog[f"place.{place.jurisdiction}"], words[place.employers])
        tables.setdefault(title, []).extend(_rows(place, context))
    return render("wording_rules.html", tables=tables, words=words)


def _rows(place: Place, context: MacroContext) -> Iterator[_Row]:
    for name, subject in subjects().items():
        if clause := place.subjects.get(name):
            yield _row(subject, clause, place, context)


def _row(subject: Subject, clause: Clause, place: Place, context: MacroContext) -> _Row:
    standard = place.standards[clause.standard]
    page = context.link(_RULES_PAGE)
    return _Row(
        subject.code,
        f"{page.address}#{RULES[subject.code].anchor}" if page else None,
        _text(subject.title, _OURS, context),
        _text(clause.why, _OURS, context),
        _text(clause.write, place.language, context),
        _text(standard.title, _OURS, context),
        standard.address,
        _text(standard.says, _OURS, context),
        localized_date(standard.decided, context.catalog),
    )


def _text(text: str, language: str, context: MacroContext) -> LocalizedText:
    return LocalizedText(text, None if language == context.language else language)
