"""The US guidance finds what policies say too broadly, and leaves what they may well say."""

from pathlib import Path

import pytest

from handbook.findings import Severity
from handbook.rules.wording.guidance import places, subjects
from handbook.rules.wording.judgment import Objection, judge

CLAUSES = Path(__file__).with_name("clauses")


def _lines(name: str) -> list[str]:
    lines = CLAUSES.joinpath(name).read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def _objections(text: str) -> list[Objection]:
    guidance = [place for place in places() if (place.jurisdiction, place.employers) == ("us", "private")]
    return list(judge(text, guidance, "en", lambda _: None))


@pytest.mark.parametrize("line", _lines("faulted.txt"))
def test_what_is_too_broad_is_found_by_its_subject(line: str) -> None:
    name, _, text = line.partition(": ")
    assert subjects()[name].code in {objection.subject.code for objection in _objections(text)}


@pytest.mark.parametrize("line", _lines("fine.txt"))
def test_what_is_narrow_gives_no_more_than_a_notice(line: str) -> None:
    assert {objection.severity for objection in _objections(line)} <= {Severity.INFO}
