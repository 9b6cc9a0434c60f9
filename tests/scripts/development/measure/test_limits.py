"""A figure at its limit is good, and one above it is named."""

from dataclasses import replace

import pytest

from scripts.development.measure.limits import (
    FIRST_VIEW,
    NEXT_VIEW,
    NEXT_VIEW_OF_LIST,
    REQUESTS,
    PageFigures,
    exceeded,
)

GOOD = PageFigures(
    path="policy/work/",
    first_view=FIRST_VIEW,
    requests=REQUESTS,
    next_view=NEXT_VIEW,
    layout_shift=0.0,
    keeps_scheme=True,
    scores={"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100},
)


def test_a_page_at_its_limits_is_good() -> None:
    assert list(exceeded(GOOD)) == []


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (replace(GOOD, first_view=FIRST_VIEW + 1), "first view"),
        (replace(GOOD, requests=REQUESTS + 1), "requests"),
        (replace(GOOD, next_view=NEXT_VIEW + 1), "next view"),
        (replace(GOOD, layout_shift=0.001), "layout shift"),
        (replace(GOOD, keeps_scheme=False), "scheme"),
        (replace(GOOD, scores={"performance": 97}), "performance"),
        (replace(GOOD, scores={"accessibility": 99}), "accessibility"),
    ],
)
def test_what_is_over_a_limit_is_named(page: PageFigures, name: str) -> None:
    assert list(exceeded(page)) == [name]


@pytest.mark.parametrize(
    "path", ["resources/scenarios/", "fr/resources/personal-scenarios/", "audit/reviews/"]
)
def test_lists_may_weigh_more_in_each_language(path: str) -> None:
    page = replace(GOOD, path=path, next_view=NEXT_VIEW_OF_LIST)
    assert list(exceeded(page)) == []
    assert list(exceeded(replace(page, next_view=NEXT_VIEW_OF_LIST + 1))) == ["next view"]
