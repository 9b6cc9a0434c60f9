"""What a page may weigh, and how well it must do: what `handbook develop measure` holds it to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

KILOBYTE: Final = 1_000
FIRST_VIEW: Final = 50 * KILOBYTE
REQUESTS: Final = 8
NEXT_VIEW: Final = 10 * KILOBYTE
NEXT_VIEW_OF_LIST: Final = 20 * KILOBYTE
SEARCH: Final = 100 * KILOBYTE
# The least score of each category of Lighthouse, of 100.
SCORES: Final = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
# Pages that show a whole register grow with it.
LISTS: Final = (
    "acknowledge/",
    "audit/",
    "contributing/macros/",
    "contributing/rules/",
    "platforms/facts/",
    "resources/answers/",
    "resources/glossary/",
    "resources/library/",
    "resources/personal-scenarios/",
    "resources/scenarios/",
)


@dataclass(frozen=True, slots=True)
class PageFigures:
    """What was measured of a page; weights are compressed bytes, with the headers of the answers.

    `scores` is empty if Lighthouse did not judge the page.
    """

    path: str
    first_view: int
    requests: int
    next_view: int
    layout_shift: float
    keeps_scheme: bool
    scores: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SearchFigures:
    """What the first use of the search loads, on the start page of a language."""

    path: str
    weight: int


def exceeded(page: PageFigures) -> Iterator[str]:
    """Yield the name of each figure of a page that breaks its limit."""
    if page.first_view > FIRST_VIEW:
        yield "first view"
    if page.requests > REQUESTS:
        yield "requests"
    if page.next_view > most_of_next_view(page.path):
        yield "next view"
    if page.layout_shift > 0:
        yield "layout shift"
    if not page.keeps_scheme:
        yield "scheme"
    yield from (name for name, score in page.scores.items() if score < SCORES[name])


def most_of_next_view(path: str) -> int:
    """Return how many bytes a page may load after another page, by its address below the site."""
    return NEXT_VIEW_OF_LIST if path.removeprefix("fr/").startswith(LISTS) else NEXT_VIEW
