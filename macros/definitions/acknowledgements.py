"""Macros that ask readers to accept the pages that they have to read, and that count who did."""

from collections.abc import Mapping, Sequence
from typing import Final

from babel import Locale
from babel.numbers import format_decimal

from handbook.registers.acknowledgement_counts import FEWER, WITHHELD, EditionCount
from handbook.registers.acknowledgements import FILE
from macros.context.registry import MacroContext, macro
from macros.presentation.dates import localized_date
from macros.presentation.localized import LocalizedText
from macros.presentation.templates import render

PLACE: Final = '<div class="acknowledge-here"></div>'


def _audiences(context: MacroContext) -> Mapping[str, object]:
    return context.site.registers.acknowledgements.audiences


@macro(
    templates=("documents/acknowledge.html", "documents/accepted_changes.html"),
    reviewed=_audiences,
    registers=(FILE,),
)
def acknowledge(context: MacroContext) -> str:
    """Ask readers to accept the pages that they have to read, with questions and a receipt to hand in.

    The end of the build fills it in, once all pages are there, and on `docs/acknowledge.md` only. Who is
    asked what is in registers/acknowledgements.yml.

    Example: {{ acknowledge() }}
    """
    return PLACE


@macro(templates=("acknowledgement_counts.html",))
def acknowledgement_counts(context: MacroContext) -> str:
    """Show how many people accepted which edition, by audience, as of the day of the counts.

    `handbook acknowledge report --write` writes them, without names, into
    registers/acknowledgement_counts.yml.

    Example: {{ acknowledgement_counts() }}
    """
    known = context.site.registers.acknowledgement_counts
    return render(
        "acknowledgement_counts.html",
        day=localized_date(known.day, context.catalog),
        audiences=_by_audience(context, known.counts),
        words=context.catalog.group("acknowledgement_counts"),
    )


def _by_audience(context: MacroContext, counts: Sequence[EditionCount]) -> Sequence[Mapping[str, object]]:
    names = dict.fromkeys(count.audience for count in counts)
    return [
        {
            "title": _title(context, name),
            "rows": [_row(context, count) for count in counts if count.audience == name],
        }
        for name in names
    ]


def _title(context: MacroContext, name: str) -> LocalizedText:
    """Return what an audience is called; one that is no longer in the register has only its short name."""
    audience = context.site.registers.acknowledgements.audiences.get(name)
    return context.localized(audience.title) if audience else LocalizedText(name)


def _row(context: MacroContext, count: EditionCount) -> Mapping[str, object]:
    numbers = (count.asked, count.accepted, count.declined, count.exceptions, count.not_answered)
    return {"edition": count.edition, "numbers": [_number(context, number) for number in numbers]}


def _number(context: MacroContext, number: int | str | None) -> str:
    words = context.catalog.group("acknowledgement_counts")
    if isinstance(number, int):
        return format_decimal(number, locale=Locale.parse(context.language, sep="-"))
    return words[{FEWER: "fewer", WITHHELD: "withheld"}.get(number or "", "unknown")]
