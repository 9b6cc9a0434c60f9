"""What a rule declares when it is registered."""

from collections.abc import Iterator

import pytest

from handbook.findings import Problem, Severity
from handbook.rules import RULES
from handbook.rules.registry import rule


def _about_weather(page: object, weather: object) -> Iterator[Problem]:
    yield from ()


def test_a_code_is_registered_once() -> None:
    before = dict(RULES)
    with pytest.raises(ValueError, match="OWN001"):
        rule("OWN001", "Page has an owner", severity=Severity.ERROR)(RULES["OWN001"].judge)
    assert before == RULES


def test_a_rule_cannot_ask_for_what_no_run_gives() -> None:
    with pytest.raises(ValueError, match="weather"):
        rule("EXA001", "Page is dry", severity=Severity.ERROR)(_about_weather)
    assert "EXA001" not in RULES


def test_the_parameters_of_a_rule_say_when_it_runs() -> None:
    assert {code for code, made in RULES.items() if made.runs_last} == {"WVR001"}
    assert {code for code, made in RULES.items() if "repository" in made.needs} == {"REV007"}
    assert RULES["OWN001"].is_about_pages
    assert not RULES["IMG001"].is_about_pages


def test_a_second_function_judges_by_the_same_code_what_is_in_no_page() -> None:
    of_pages, beyond = RULES["WRD001"].parts
    assert (of_pages.is_about_pages, beyond.is_about_pages) == (True, False)
    assert (of_pages.code, beyond.code) == ("WRD001", "WRD001")
    assert RULES["OWN001"].parts == (RULES["OWN001"],)


def test_a_second_function_cannot_ask_for_what_no_run_gives() -> None:
    with pytest.raises(ValueError, match="weather"):
        rule("EXA001", "Page is dry", severity=Severity.ERROR, beyond_pages=_about_weather)(
            RULES["OWN001"].judge
        )
    assert "EXA001" not in RULES
