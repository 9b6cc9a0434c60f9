"""Questions are about the pages of an audience, and no page has all of them."""

from handbook.acknowledgements.questions import questions_for
from handbook.registers.acknowledgements import AskedAudience
from handbook.registers.scenarios import Scenario

PAGES = ["docs/a.md", "docs/b.md"]


def _scenario(page: str) -> Scenario:
    return Scenario(
        question="May I?", answer="ask", reason="Ask.", page=page, audience=["work"], topics=["photos"]
    )


def _audience(*questions: str) -> AskedAudience:
    return AskedAudience(title="All", pages=PAGES, questions=list(questions))


SCENARIOS = {
    **{f"a{number}": _scenario("docs/a.md#x") for number in range(7)},
    "other": _scenario("docs/c.md"),
    "b0": _scenario("docs/b.md"),
}


def test_each_page_gives_its_next_scenario_in_turn_up_to_six() -> None:
    assert list(questions_for(_audience(), SCENARIOS)) == ["a0", "b0", "a1", "a2", "a3", "a4"]


def test_an_audience_names_its_questions() -> None:
    assert list(questions_for(_audience("other", "a5", "b0"), SCENARIOS)) == ["other", "a5", "b0"]


def test_without_scenarios_there_are_no_questions() -> None:
    assert questions_for(_audience(), {"other": _scenario("docs/c.md")}) == {}
