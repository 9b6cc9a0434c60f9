"""The table of figures marks what is too much."""

from dataclasses import replace

from scripts.development.measure.limits import SEARCH, SearchFigures
from scripts.development.measure.report import report
from tests.scripts.development.measure.test_limits import GOOD


def test_a_row_has_the_figures_of_a_page() -> None:
    row = report([GOOD], []).splitlines()[1]
    assert row.split() == ["policy/work/", "50.0", "8", "10.0", "0.000", "kept", "98", "100", "100", "100"]


def test_a_row_names_what_is_too_much() -> None:
    row = report([replace(GOOD, first_view=61_000, keeps_scheme=False)], []).splitlines()[1]
    assert row.endswith("first view, scheme")
    assert "flashes" in row


def test_a_page_that_lighthouse_did_not_judge_has_no_scores() -> None:
    row = report([replace(GOOD, path="", scores={})], []).splitlines()[1]
    assert row.split() == ["(start)", "50.0", "8", "10.0", "0.000", "kept", "-", "-", "-", "-"]


def test_a_search_that_loads_too_much_is_marked() -> None:
    shown = report([GOOD], [SearchFigures("", SEARCH), SearchFigures("fr/", SEARCH + 100)])
    marks = [line.endswith("too much") for line in shown.splitlines() if line.startswith("search on")]
    assert marks == [False, True]
