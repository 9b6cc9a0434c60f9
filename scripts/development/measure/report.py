"""The figures as a table, with a mark where a limit is exceeded."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from scripts.development.measure.limits import (
    FIRST_VIEW,
    KILOBYTE,
    NEXT_VIEW,
    NEXT_VIEW_OF_LIST,
    REQUESTS,
    SCORES,
    SEARCH,
    PageFigures,
    SearchFigures,
    exceeded,
)

_HEAD: Final = ("page", "first kB", "requests", "next kB", "shift", "scheme", *SCORES, "too much")


def report(pages: Sequence[PageFigures], searches: Sequence[SearchFigures]) -> str:
    """Return the table of pages, the weight of each search, and the limits."""
    return "\n".join((*_table([_HEAD, *map(_row, pages)]), "", *map(_search_line, searches), "", *_limits()))


def _row(page: PageFigures) -> Sequence[str]:
    return (
        page.path or "(start)",
        _kilobytes(page.first_view),
        str(page.requests),
        _kilobytes(page.next_view),
        f"{page.layout_shift:.3f}",
        "kept" if page.keeps_scheme else "flashes",
        *(str(page.scores.get(name, "-")) for name in SCORES),
        ", ".join(exceeded(page)),
    )


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(_cells(row, widths)).rstrip()


def _cells(row: Sequence[str], widths: Iterable[int]) -> Iterator[str]:
    """Yield the cells of a row, texts at the left and figures at the right."""
    for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
        yield cell.ljust(width) if place in (0, len(row) - 1) else cell.rjust(width)


def _search_line(search: SearchFigures) -> str:
    mark = "  too much" if search.weight > SEARCH else ""
    return f"search on /{search.path}: {_kilobytes(search.weight)} kB on first use{mark}"


def _limits() -> Iterator[str]:
    yield (
        f"limits: first view {_whole(FIRST_VIEW)} kB and {REQUESTS} requests,"
        f" next view {_whole(NEXT_VIEW)} kB (lists {_whole(NEXT_VIEW_OF_LIST)} kB),"
        f" search {_whole(SEARCH)} kB, no layout shift"
    )
    yield "Lighthouse on a simulated phone, at least: " + ", ".join(
        f"{name} {least}" for name, least in SCORES.items()
    )


def _kilobytes(weight: int) -> str:
    return f"{weight / KILOBYTE:.1f}"


def _whole(weight: int) -> int:
    return weight // KILOBYTE
