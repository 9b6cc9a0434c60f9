"""The measure of the rules on wording counts right, and no trigger is judged by what its author had read."""

from dataclasses import replace
from typing import Literal

import pytest

from handbook.content.pages import PageSource, parse_page
from handbook.model import Handbook
from handbook.rules.wording import judged_texts
from handbook.rules.wording.guidance import Clause, Place, Standard, Trigger
from scripts.development.wording_scores import JudgedClause, Score, density, lines, read_clauses, score
from tests.conftest import PAGE
from tests.handbook.rules.wording.test_judgment import STANDARD
from tests.handbook.rules.wording.test_registers import forget_objections

TRIGGERS = [
    Trigger(words="apples", level="warning", half=1),
    Trigger(words="pears", level="error", half=2),
    Trigger(words="plums", level="warning"),
    Trigger(words="figs", level="info"),
]


def _place() -> Place:
    clause = Clause(why="vague", write="Be exact.", standard="it", triggers=TRIGGERS)
    standards: dict[str, Standard] = {"it": STANDARD}
    return Place(
        jurisdiction="us",
        language="en",
        employers="private",
        standards=standards,
        subjects={"confidentiality": clause},
    )


def _clause(
    fruit: str,
    verdict: Literal["lawful", "unlawful"],
    half: Literal[1, 2],
    *,
    fragment: bool = False,
    contested: bool = False,
) -> JudgedClause:
    return JudgedClause(
        text=f"Do not eat {fruit}.",
        verdict=verdict,
        source="A board",
        topic="fruit",
        year=2020,
        standard="A test",
        fragment=fragment,
        contested=contested,
        half=half,
    )


CLAUSES = [
    _clause("apples", "unlawful", 1),
    _clause("apples", "unlawful", 2),
    _clause("pears", "lawful", 1),
    _clause("pears", "lawful", 2),
    _clause("plums", "unlawful", 1),
    _clause("figs", "unlawful", 2, fragment=True),
    _clause("bread", "lawful", 1, contested=True),
]


def test_a_clause_is_not_judged_by_a_trigger_whose_author_had_read_it() -> None:
    assert score(CLAUSES, [_place()], crosses=True) == Score(found=2, missed=2, flagged=1, passed=2)


def test_with_all_triggers_each_one_counts() -> None:
    assert score(CLAUSES, [_place()], crosses=False) == Score(found=3, missed=1, flagged=2, passed=1)


@pytest.mark.parametrize(
    ("measured", "precision", "recall", "false_alarms"),
    [
        (Score(found=3, missed=1, flagged=1, passed=4), 0.75, 0.75, 0.2),
        (Score(found=0, missed=2, flagged=0, passed=0), None, 0, None),
        (Score(found=0, missed=0, flagged=0, passed=3), None, None, 0),
    ],
)
def test_shares_of_nothing_are_unknown(
    measured: Score, precision: float | None, recall: float | None, false_alarms: float | None
) -> None:
    assert (measured.precision, measured.recall, measured.false_alarms) == (precision, recall, false_alarms)
    assert ("unknown" in str(measured)) == (None in (precision, recall))


def test_four_measures_are_printed() -> None:
    crossed, crossed_all, seen, seen_all = lines(CLAUSES, [_place()])
    assert "3 of 3 unlawful found, 2 of 2 lawful flagged; precision 60%, recall 100%" in seen
    assert "2 of 3 unlawful found, 1 of 2 lawful flagged; precision 67%, recall 67%" in crossed
    assert "2 of 4 unlawful found, 1 of 3 lawful flagged" in crossed_all
    assert "3 of 4 unlawful found, 2 of 3 lawful flagged" in seen_all


def test_the_halves_of_the_clauses_alternate() -> None:
    halves = [clause.half for clause in read_clauses()]
    assert halves == [1, 2] * 23


def test_findings_are_counted_for_each_thousand_words(
    handbook: Handbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judged_texts, "guidance_for", lambda *_, **__: [_place()])
    forget_objections(monkeypatch)
    text = PAGE.replace("Text.", "Do not eat plums. " + "Bread is good. " * 100)
    page = parse_page(PageSource("work.md", "docs/policy/work.md", "en"), text.encode())
    registers = replace(handbook.registers, policy_texts=[])
    measured = density(replace(handbook, pages=[page], registers=registers))
    assert "1 finding, 3.2" in measured
