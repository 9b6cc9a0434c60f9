"""Whoever follows the advice of a finding has no finding left, for every subject of every place."""

import re

import pytest

from handbook.findings import Severity
from handbook.rules.wording.guidance import Place, places, subjects
from handbook.rules.wording.judgment import Objection, judge
from handbook.rules.wording.passages import passages
from tests.conftest import ROOT

CASES = ROOT / "tests" / "cases"
EXPECTED = re.compile(r"\n<!-- \d+:.*", re.DOTALL)
CLAUSES = [
    pytest.param(place, name, id=f"{place.jurisdiction}-{place.language}-{place.employers}-{name}")
    for place in places()
    for name in place.subjects
]
US = [place for place in places() if (place.jurisdiction, place.employers) == ("us", "private")]


def _shown(_: str) -> None:
    """Show nothing in place of an expression."""


def _objections(text: str, place: Place) -> list[Objection]:
    return list(judge(text, [place], place.language, _shown))


def _rewritten(text: str, objection: Objection) -> str:
    """Return a text with the advice in place of the sentence that was objected to."""
    for passage in passages(text, lambda _: False, _shown, {}):
        first, last = passage.offsets[0], passage.offsets[-1]
        if first <= objection.offset <= last:
            return f"{text[:first]}{objection.clause.write}{text[last + 1 :]}"
    raise AssertionError(objection.words)


@pytest.mark.parametrize("code", [subject.code for subject in subjects().values()])
def test_a_bad_case_is_silent_once_it_follows_its_own_advice(code: str) -> None:
    (place,) = US
    for case in (CASES / code).glob("bad-*.md"):
        text = EXPECTED.sub("", case.read_text("utf-8"))
        for _ in range(text.count("\n")):
            objections = _objections(text, place)
            if not objections:
                break
            text = _rewritten(text, objections[0])
        assert _objections(text, place) == []


@pytest.mark.parametrize(("place", "name"), CLAUSES)
def test_what_a_place_advises_to_write_is_silent(place: Place, name: str) -> None:
    assert _objections(place.subjects[name].write, place) == []


@pytest.mark.parametrize("name", subjects())
def test_the_line_that_a_subject_rejects_is_found_and_the_other_is_silent(name: str) -> None:
    (place,) = US
    subject = subjects()[name]
    assert subject.code in {
        objection.subject.code for objection in _objections(subject.bad.strip("`"), place)
    }
    assert _objections(subject.good.strip("`"), place) == []


@pytest.mark.parametrize(("place", "name"), CLAUSES)
def test_what_is_said_of_a_subject_fits_into_a_finding(place: Place, name: str) -> None:
    """The reason is a clause in the middle of the message; the advice is a sentence to paste."""
    clause = place.subjects[name]
    assert not clause.why.endswith(".")
    assert clause.why[0].islower()
    assert clause.write.endswith(".")
    assert clause.standard in place.standards


def test_every_trigger_says_which_half_its_author_had_read() -> None:
    (place,) = US
    assert set(place.subjects) == set(subjects())
    assert all(trigger.half for clause in place.subjects.values() for trigger in clause.triggers)


def test_a_clause_on_rights_anywhere_on_the_page_lowers_what_is_left() -> None:
    (place,) = US
    text = "Employees may not post about the company without permission."
    rights = "Nothing in this policy limits talk about wages, hours, or working conditions."
    assert {objection.severity for objection in _objections(text, place)} == {Severity.ERROR}
    assert {objection.severity for objection in _objections(f"{text}\n\n{rights}", place)} == {Severity.INFO}


def test_what_came_after_a_decision_is_named_with_it() -> None:
    (place,) = US
    (objection,) = _objections("Do not share confidential information.", place)
    assert "Stericycle, 372 NLRB No. 113, 2023: " in objection.message
    assert "; GC 26-03, 2026: " in objection.message
