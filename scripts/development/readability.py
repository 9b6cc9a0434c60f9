"""Prints how hard each page for all staff is to read, for those who write them."""

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from handbook.content.pages import Page
from handbook.model import Handbook
from handbook.templating.expressions import ExpressionError, Expressions
from handbook.templating.macro import Macro, NeedsPage
from handbook.text import french_readability
from handbook.text.counting import counted
from handbook.text.json_text import as_document
from handbook.text.quoting import one_line
from handbook.text.readability import HARDEST, ReadingEase, reading_ease
from scripts.options import exits_with_status, format_option, root_option
from scripts.site.publication import read_handbook

# A page without an audience is for everyone. What is only for managers may be harder.
_ALL_STAFF = ("everyone", "work", "personal")
# The measure of each language, and what is said of a page that is too hard.
_MEASURES: Final[Mapping[str, tuple[str, str]]] = {
    "en": ("grade", f"over {HARDEST:g}"),
    "fr": ("index", f"below {french_readability.HARDEST:g}"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured on one page. `prose` is the measure of its whole sentences only.

    In English, the measure is a grade: a high one is hard. In French, it is an index: a low one is hard.
    """

    path: str
    language: str
    ease: ReadingEase
    measure: float
    prose: float

    @property
    def is_hard(self) -> bool:
        """Whether the page is harder to read than a page for all staff should be."""
        if self.language == "fr":
            return min(self.measure, self.prose) < french_readability.HARDEST
        return max(self.measure, self.prose) > HARDEST

    @property
    def hardness(self) -> float:
        """A number that is the higher, the harder the whole sentences are; comparable in one language."""
        return -self.prose if self.language == "fr" else self.prose


@click.command(name="readability", epilog="Exit status: 0, or 2 when the handbook cannot be read.")
@root_option
@format_option("How the table is shown.")
@exits_with_status
def command(root: Path, name: str) -> int:
    """Print how hard each page for all staff is to read, the hardest first, by language.

    English pages have the Flesch-Kincaid grade, the years at school that a text asks for. French ones have
    the index of Kandel and Moles, from 0 (very hard) to 100 (very easy). There are two: one of the whole
    page, in which each heading, item, and cell is a short sentence, and one of its whole sentences only. It
    is a hint, because short words can be hard too.
    """
    rows = measured(read_handbook(root)[0])
    click.echo(as_table(rows) if name == "text" else _as_json(rows), nl=False)
    return 0


def measured(handbook: Handbook) -> list[Row]:
    """Measure the English and the French pages for all staff, the hardest of each first."""
    return sorted(_rows(handbook), key=lambda row: (row.language, -row.hardness, row.path))


def as_table(rows: list[Row]) -> str:
    """Return a line for each page: both measures, its words, the longest sentence, and whether it is hard."""
    return "".join(_of_language(language, rows) for language in _MEASURES)


def _of_language(language: str, rows: list[Row]) -> str:
    own = [row for row in rows if row.language == language]
    name, limit = _MEASURES[language]
    lines = [f"{name:5}  whole sentences  words  longest  page"]
    lines += [f"{_numbers(row)}  {one_line(row.path)}{f'  {limit}' if row.is_hard else ''}" for row in own]
    over = limit.replace(" ", f" {name} ", 1)
    lines.append(f"{counted(len(own), 'page')} for all staff; {sum(row.is_hard for row in own)} {over}\n")
    return "\n".join(lines) if own else ""


def _numbers(row: Row) -> str:
    return f"{row.measure:5.1f}  {row.prose:15.1f}  {row.ease.words:5}  {row.ease.longest:7}"


def _as_json(rows: list[Row]) -> str:
    """Return an object whose `pages` are records of the path, both measures, and the counts."""
    return as_document({"pages": [_record(row) for row in rows]})


def _record(row: Row) -> dict[str, object]:
    ease = row.ease
    name = _MEASURES[row.language][0]
    grades = {"language": row.language, name: round(row.measure, 2), "prose": round(row.prose, 2)}
    counts = {"words": ease.words, "sentences": ease.sentences, "syllables": ease.syllables}
    return {"path": row.path, **grades, **counts, "longest": ease.longest}


def _rows(handbook: Handbook) -> Iterator[Row]:
    for page in handbook.pages:
        if page.language in _MEASURES and _is_for_all_staff(page):
            text = _rendered(page, handbook.expressions[page.language])
            ease, measure = _measured(text, page.language)
            if measure is not None:
                _, prose = _measured(text, page.language, whole_sentences=True)
                yield Row(page.path, page.language, ease, measure, measure if prose is None else prose)


def _measured(text: str, language: str, *, whole_sentences: bool = False) -> tuple[ReadingEase, float | None]:
    if language == "fr":
        count = french_readability.syllables
        ease = reading_ease(text, whole_sentences=whole_sentences, count=count)
        return ease, french_readability.index(ease)
    ease = reading_ease(text, whole_sentences=whole_sentences)
    return ease, ease.grade


def _is_for_all_staff(page: Page) -> bool:
    audience = page.front_matter.texts("audience")
    return not audience or not set(_ALL_STAFF).isdisjoint(audience)


def _rendered(page: Page, expressions: Expressions) -> str:
    """Return the text of a page with its macros, or without those if they cannot be rendered."""
    try:
        return expressions.render(page.body, _without_page(expressions.macros))
    except ExpressionError:
        return page.body


def _without_page(macros: Mapping[str, Macro]) -> dict[str, Macro]:
    """Return the macros, of which those that need the page they are on return nothing."""
    return {name: _silent(macro) for name, macro in macros.items()}


def _silent(macro: Macro) -> Callable[..., object]:
    def call(*positional: object, **named: object) -> object:
        try:
            return macro(*positional, **named)
        except NeedsPage:
            return ""

    return call


if __name__ == "__main__":
    sys.exit(command())
