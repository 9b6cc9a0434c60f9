"""Prints how hard each page for all staff is to read, for those who write them."""

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from handbook.content.pages import Page
from handbook.model import Handbook
from handbook.templating.expressions import ExpressionError, Expressions
from handbook.templating.macro import Macro, NeedsPage
from handbook.text.counting import counted
from handbook.text.json_text import as_document
from handbook.text.quoting import one_line
from handbook.text.readability import HARDEST, ReadingEase, reading_ease
from scripts.options import exits_with_status, format_option, root_option
from scripts.site.publication import read_handbook

# A page without an audience is for everyone. What is only for managers may be harder.
_ALL_STAFF = ("everyone", "work", "personal")


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured on one page. `prose` is the grade of its whole sentences only."""

    path: str
    ease: ReadingEase
    grade: float
    prose: float

    @property
    def is_hard(self) -> bool:
        """Whether the page asks for more years at school than a page for all staff should."""
        return max(self.grade, self.prose) > HARDEST


@click.command(name="readability", epilog="Exit status: 0, or 2 when the handbook cannot be read.")
@root_option
@format_option("How the table is shown.")
@exits_with_status
def command(root: Path, name: str) -> int:
    """Print the Flesch-Kincaid grade of each English page for all staff, the hardest first.

    The grade is the years at school that a text asks for. There are two: one of the whole page, in which
    each heading, item, and cell is a short sentence, and one of its whole sentences only. It is a hint,
    because short words can be hard too.
    """
    rows = measured(read_handbook(root)[0])
    click.echo(as_table(rows) if name == "text" else _as_json(rows), nl=False)
    return 0


def measured(handbook: Handbook) -> list[Row]:
    """Measure the English pages for all staff, the hardest first."""
    return sorted(_rows(handbook), key=lambda row: (-row.prose, row.path))


def as_table(rows: list[Row]) -> str:
    """Return a line for each page: both grades, its words, the longest sentence, and whether it is hard."""
    lines = ["grade  whole sentences  words  longest  page"]
    lines += [f"{_numbers(row)}  {one_line(row.path)}{_mark(row)}" for row in rows]
    hard = sum(row.is_hard for row in rows)
    return "\n".join(
        [*lines, f"{counted(len(rows), 'page')} for all staff; {hard} over grade {HARDEST:g}", ""]
    )


def _numbers(row: Row) -> str:
    return f"{row.grade:5.1f}  {row.prose:15.1f}  {row.ease.words:5}  {row.ease.longest:7}"


def _mark(row: Row) -> str:
    return f"  over {HARDEST:g}" if row.is_hard else ""


def _as_json(rows: list[Row]) -> str:
    """Return an object whose `pages` are records of the path, both grades, and the counts."""
    return as_document({"pages": [_record(row) for row in rows]})


def _record(row: Row) -> dict[str, object]:
    ease = row.ease
    grades = {"grade": round(row.grade, 2), "prose": round(row.prose, 2)}
    counts = {"words": ease.words, "sentences": ease.sentences, "syllables": ease.syllables}
    return {"path": row.path, **grades, **counts, "longest": ease.longest}


def _rows(handbook: Handbook) -> Iterator[Row]:
    for page in handbook.pages:
        if page.language == "en" and _is_for_all_staff(page):
            text = _rendered(page, handbook.expressions[page.language])
            ease = reading_ease(text)
            if ease.grade is not None:
                prose = reading_ease(text, whole_sentences=True).grade
                yield Row(page.path, ease, ease.grade, ease.grade if prose is None else prose)


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
