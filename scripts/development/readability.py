"""Prints how hard each page for all staff is to read; part of `make bench`."""

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from handbook.content.pages import Page
from handbook.model import Handbook
from handbook.templating.expressions import ExpressionError, Expressions
from handbook.templating.macro import Macro, NeedsPage
from handbook.text.json_text import as_document
from handbook.text.quoting import one_line
from handbook.text.readability import HARDEST, ReadingEase, reading_ease
from scripts.options import exits_with_status, format_option, root_option
from scripts.site.publication import read_handbook

# A page without an audience is for everyone; what is for managers alone may be harder.
_ALL_STAFF = ("everyone", "work", "personal")


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured on one page: `prose` is the grade of its whole sentences alone."""

    path: str
    ease: ReadingEase
    grade: float
    prose: float

    @property
    def is_hard(self) -> bool:
        """Tell whether the page asks for more years at school than a page for all staff should."""
        return max(self.grade, self.prose) > HARDEST


@click.command(name="readability", epilog="Exit status: 0, or 2 when the handbook cannot be read.")
@root_option
@format_option("How the table is shown.")
@exits_with_status
def command(root: Path, name: str) -> int:
    """Print the Flesch-Kincaid grade of each English page for all staff, the hardest first.

    The grade is the years at school that a text asks for: of everything, where each heading, item and
    cell is a short sentence, and of the whole sentences alone. It is a hint, for short words can be hard.
    """
    rows = measured(read_handbook(root)[0])
    click.echo(as_table(rows) if name == "text" else _as_json(rows), nl=False)
    return 0


def measured(handbook: Handbook) -> list[Row]:
    """Measure the English pages for all staff, the hardest first."""
    return sorted(_rows(handbook), key=lambda row: (-row.prose, row.path))


def as_table(rows: list[Row]) -> str:
    """Return one line a page: its grades, its words, those of its longest sentence, whether it is hard."""
    lines = ["grade  whole sentences  words  longest  page"]
    lines += [f"{_numbers(row)}  {one_line(row.path)}{_mark(row)}" for row in rows]
    hard = sum(row.is_hard for row in rows)
    return "\n".join([*lines, f"{len(rows)} pages for all staff; {hard} over grade {HARDEST:g}", ""])


def _numbers(row: Row) -> str:
    return f"{row.grade:5.1f}  {row.prose:15.1f}  {row.ease.words:5}  {row.ease.longest:7}"


def _mark(row: Row) -> str:
    return f"  over {HARDEST:g}" if row.is_hard else ""


def _as_json(rows: list[Row]) -> str:
    """One object, whose `pages` are records of path, both grades, and what was counted."""
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
    return not audience or any(one in _ALL_STAFF for one in audience)


def _rendered(page: Page, expressions: Expressions) -> str:
    """Return what the page says; where it cannot be rendered, which the check tells, its own words alone."""
    try:
        return expressions.render(page.body, _without_page(expressions.macros))
    except ExpressionError:
        return page.body


def _without_page(macros: Mapping[str, Macro]) -> dict[str, Macro]:
    """Return the macros, and let those that speak of the page they stand on say nothing."""
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
