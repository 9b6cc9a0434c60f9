"""A macro that lists the published policies of other organizations."""

from collections.abc import Sequence

from babel import Locale

from handbook.registers.example_policies import ExamplePolicy
from macros.context.comparisons import compared_on
from macros.context.registry import MacroContext, macro
from macros.presentation.templates import render


def _reviewed(context: MacroContext) -> Sequence[ExamplePolicy]:
    return context.site.registers.example_policies.examples


@macro(templates=("library.html",), reviewed=_reviewed, registers=("registers/library.yml",))
def library(context: MacroContext) -> str:
    """Show the policies that other organizations have published, and what to learn from each.

    Scripts add a search and filters by sector, country and language. The examples are in
    registers/library.yml.

    Example: {{ library() }}
    """
    locale = Locale.parse(context.language, sep="-")
    listed = [_row(context, example, locale) for example in context.site.registers.example_policies.examples]
    return render("library.html", examples=listed, words=context.catalog.group("library"))


def _row(context: MacroContext, example: ExamplePolicy, locale: Locale) -> dict[str, object]:
    return {
        "organization": context.localized(example.organization),
        "title": context.say(example.title),
        "title_language": None if example.language == context.language else example.language,
        "address": example.address,
        "sector": context.catalog[f"sector.{example.sector}"],
        "country": locale.territories.get(example.country.upper(), example.country.upper()),
        "language": locale.languages.get(example.language, example.language),
        "learn": context.localized(example.learn),
        "checked": compared_on(context, example.checked),
    }
