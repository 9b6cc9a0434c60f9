"""The formats of compliance over time: one pure function for each."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from handbook.compliance.records import DayOfCompliance, compliance_of
from handbook.compliance.tally import Tally
from handbook.formats.html_document import DOCUMENTS
from handbook.text.json_text import as_document

_COLUMNS: Final = tuple(DayOfCompliance.model_fields)


def as_table(tallies: Sequence[Tally]) -> str:
    """Return a table for people, with one line for each day and the share in whole percent."""
    heads = [column.replace("_", " ") for column in _COLUMNS]
    rows = [heads, *([*map(str, _row(tally)[:-1]), shown_share(tally)] for tally in tallies)]
    widths = [max(len(row[number]) for row in rows) for number in range(len(heads))]
    lines = ("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "".join(f"{line}\n" for line in lines)


def as_csv(tallies: Sequence[Tally]) -> str:
    """Return comma-separated values (RFC 4180, except for the line ends); a share is between 0 and 1."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(map(_row, tallies))
    return text.getvalue()


def as_json(tallies: Sequence[Tally]) -> str:
    """Return an object whose `days` are records of the columns; a share is from 0 to 1, or null."""
    return as_document(compliance_of(tallies).model_dump(mode="json"))


@dataclass(frozen=True, slots=True)
class ChartStyle:
    """The size and the colors of a chart. Its background makes it legible wherever it is opened."""

    width: int = 720
    height: int = 240
    background: str = "#ffffff"
    grid: str = "#d5dae1"
    text: str = "#47505c"
    line: str = "#1b365d"


# On a page it must be legible on a phone as well, which shrinks a wide picture.
SMALL: Final = ChartStyle(340, 170)
SMALL_AND_DARK: Final = ChartStyle(340, 170, "#171b23", "#3b4351", "#c2c9d4", "#9cc2f5")


def as_svg(tallies: Sequence[Tally], style: ChartStyle = ChartStyle()) -> str:
    """Return a chart of the share over time, with its numbers in words for those who cannot see it."""
    return DOCUMENTS.get_template("compliance.svg").render(
        style=style,
        lines=[" ".join(points) for points in _lines(tallies, style)],
        first=tallies[0].day,
        last=tallies[-1].day,
        share_at_first=shown_share(tallies[0]),
        share_at_last=shown_share(tallies[-1]),
    )


def shown_share(tally: Tally) -> str:
    """Return the share in whole percent; it is 100 % only if every page is in order."""
    return "-" if tally.percent is None else f"{tally.percent} %"


def _row(tally: Tally) -> list[str | int | float | None]:
    return list(DayOfCompliance.of(tally).model_dump(mode="json").values())


def _lines(tallies: Sequence[Tally], style: ChartStyle) -> list[list[str]]:
    """Return the points of each line. A day without pages interrupts the line."""
    span = max((tallies[-1].day - tallies[0].day).days, 1)
    lines: list[list[str]] = [[]]
    for tally in tallies:
        if tally.share is None:
            lines.append([])
        else:
            across = (tally.day - tallies[0].day).days / span * style.width
            lines[-1].append(f"{across:.1f},{(1 - tally.share) * style.height:.1f}")
    return [[*line, line[0]] if len(line) == 1 else line for line in lines if line]


FORMATS: Final[Mapping[str, Callable[[Sequence[Tally]], str]]] = {
    "text": as_table,
    "csv": as_csv,
    "json": as_json,
    "svg": as_svg,
}
