"""How compliance over time is shown: one pure function a format."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from handbook.compliance import Standing, Tally
from handbook.reports.escaping import as_document

_TEMPLATES: Final = Environment(
    loader=PackageLoader("handbook.reports"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)
_COLUMNS: Final = ("day", "pages", *(standing.name.lower() for standing in Standing), "share")
_WIDTH: Final = 720
_HEIGHT: Final = 240


def as_table(tallies: Sequence[Tally]) -> str:
    """Return a table for people: one line a day, the share in whole percent."""
    heads = [column.replace("_", " ") for column in _COLUMNS]
    rows = [heads, *([*map(str, _row(one)[:-1]), shown_share(one)] for one in tallies)]
    widths = [max(len(row[number]) for row in rows) for number in range(len(heads))]
    lines = ("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "".join(f"{line}\n" for line in lines)


def as_csv(tallies: Sequence[Tally]) -> str:
    """Return comma-separated values (RFC 4180 but for the line ends); a share is between 0 and 1."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(_row(one) for one in tallies)
    return text.getvalue()


def as_json(tallies: Sequence[Tally]) -> str:
    """Return an object whose `days` are records of the columns; a share is between 0 and 1, or null."""
    return as_document({"days": [dict(zip(_COLUMNS, _row(one), strict=True)) for one in tallies]})


def as_svg(tallies: Sequence[Tally]) -> str:
    """Return a picture of the share over time, with its numbers in words for those who do not see it."""
    return _TEMPLATES.get_template("compliance.svg").render(
        width=_WIDTH,
        height=_HEIGHT,
        lines=[" ".join(points) for points in _lines(tallies)],
        first=tallies[0].day,
        last=tallies[-1].day,
        share_at_first=shown_share(tallies[0]),
        share_at_last=shown_share(tallies[-1]),
    )


def shown_share(one: Tally) -> str:
    """Return the share in whole percent; 100 % only where every page is in order."""
    if one.share is None:
        return "-"
    return f"{int(one.share * 100)} %"


def _row(one: Tally) -> list[str | int | float | None]:
    share = None if one.share is None else round(one.share, 4)
    return [one.day.isoformat(), one.pages, *(one.counts[standing] for standing in Standing), share]


def _lines(tallies: Sequence[Tally]) -> list[list[str]]:
    """Return the points of each line; where there were no pages, the line is broken."""
    span = max((tallies[-1].day - tallies[0].day).days, 1)
    lines: list[list[str]] = [[]]
    for one in tallies:
        if one.share is None:
            lines.append([])
        else:
            across = (one.day - tallies[0].day).days / span * _WIDTH
            lines[-1].append(f"{across:.1f},{(1 - one.share) * _HEIGHT:.1f}")
    return [[*line, line[0]] if len(line) == 1 else line for line in lines if line]


FORMATS: Final[Mapping[str, Callable[[Sequence[Tally]], str]]] = {
    "text": as_table,
    "csv": as_csv,
    "json": as_json,
    "svg": as_svg,
}
