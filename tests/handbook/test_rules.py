"""Each page in tests/cases/ carries the findings it expects, as comments at its end."""

import inspect
import re
from pathlib import Path

import pytest

from handbook.checker import judge
from handbook.model import Handbook
from handbook.pages import PageSource, parse_page
from handbook.rules import RULES
from tests.conftest import ROOT

CASES = ROOT / "tests" / "cases"
EXPECTED = re.compile(r"^<!-- (\d+):(\d+) ([A-Z]{3}\d{3}) (\w+) (.+) -->$", re.MULTILINE)


def _cases() -> list[Path]:
    return sorted(CASES.glob("*/*.md"))


@pytest.mark.parametrize("case", _cases(), ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_a_case_has_exactly_the_findings_it_names(case: Path, handbook: Handbook) -> None:
    data = case.read_bytes()
    page = parse_page(PageSource(str(case), case.name, "en"), data)
    expected = [
        (int(line), int(column), code, severity, message)
        for line, column, code, severity, message in EXPECTED.findall(data.decode())
    ]
    found = [
        (one.line, one.column, one.code, one.severity, one.message)
        for one in sorted(judge(page, handbook, RULES.values()))
    ]
    assert found == expected


@pytest.mark.parametrize("code", RULES)
def test_a_rule_has_a_good_and_a_bad_case(code: str) -> None:
    names = {case.stem.partition("-")[0] for case in (CASES / code).glob("*.md")}
    assert names == {"good", "bad"}


@pytest.mark.parametrize("code", RULES)
def test_a_bad_case_is_found_by_its_rule(code: str) -> None:
    for case in (CASES / code).glob("bad-*.md"):
        assert code in {found[2] for found in EXPECTED.findall(case.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("code", RULES)
def test_a_rule_gives_its_reason_and_two_examples(code: str) -> None:
    manual = inspect.cleandoc(RULES[code].manual)
    assert re.search(r"^Bad:  .+\nGood: .+", manual, re.MULTILINE)
    assert len(manual.splitlines()[0]) > 20
