"""A macro that shows the policies of others."""

from babel import Locale

from handbook.registers.example_policies import Example
from macros.context.registry import Here, macro
from macros.presentation.dates import shown_day
from macros.presentation.templates import render


@macro
def library(here: Here) -> str:
    """Show the policies that others have published, with what to learn from each.

    Scripts add a search and filters by sector, country, and language. The examples stand in
    registers/library.yml.

    Example: {{ library() }}
    """
    locale = Locale.parse(here.language, sep="-")
    listed = [_row(here, example, locale) for example in here.site.registers.library.examples]
    return render("library.html", examples=listed, words=here.catalog.group("library"))


def _row(here: Here, example: Example, locale: Locale) -> dict[str, object]:
    return {
        "organization": here.said(example.organization),
        "title": here.say(example.title),
        "title_language": None if example.language == here.language else example.language,
        "address": example.address,
        "sector": here.catalog[f"sector.{example.sector}"],
        "country": locale.territories.get(example.country.upper(), example.country.upper()),
        "language": locale.languages.get(example.language, example.language),
        "learn": here.said(example.learn),
        "checked": shown_day(example.checked, here.catalog),
    }
