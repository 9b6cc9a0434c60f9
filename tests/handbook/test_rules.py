"""Each page in tests/cases/ carries the findings it expects, as comments at its end."""

import inspect
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from handbook.assets import Asset
from handbook.checker import check
from handbook.findings import Finding
from handbook.model import Handbook
from handbook.pages import PageSource, parse_page
from handbook.rules import RULES
from handbook.scenarios import load_scenarios
from handbook.trees import Folder
from handbook.waivers import load_waivers
from macros.site import Site
from tests.conftest import PAGE, ROOT

CASES = ROOT / "tests" / "cases"
EXPECTED = re.compile(r"^(?:<!--|#) (\d+):(\d+) ([A-Z]{3}\d{3}) (\w+) (.+?)(?: -->)?$", re.MULTILINE)
PATH = re.compile(r"^<!-- path: (.+) -->$", re.MULTILINE)


def _cases() -> list[Path]:
    return sorted(CASES.glob("*/*.md"))


@pytest.mark.parametrize("case", sorted(CASES.glob("*/*.jpg")), ids=lambda case: case.stem)
def test_a_case_of_a_picture_has_exactly_the_findings_it_names(case: Path, handbook: Handbook) -> None:
    asset = Asset(f"docs/{case.name}", lambda: case.open("rb"))
    assert _found(replace(handbook, assets=[asset])) == _expected(case.read_text("latin-1"))


def _found(handbook: Handbook) -> list[tuple[int, int, str, str, str]]:
    return _found_by(check(handbook, RULES.values()).findings)


def _found_by(findings: Sequence[Finding]) -> list[tuple[int, int, str, str, str]]:
    return [(one.line, one.column, one.code, one.severity, one.message) for one in findings]


def _expected(text: str) -> list[tuple[int, int, str, str, str]]:
    return [(int(found[0]), int(found[1]), *found[2:]) for found in EXPECTED.findall(text)]


@pytest.mark.parametrize("case", _cases(), ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_a_case_has_exactly_the_findings_it_names(case: Path, handbook: Handbook) -> None:
    data = case.read_bytes()
    path = PATH.search(data.decode())
    page = parse_page(PageSource(str(case), path[1] if path else case.name, "en"), data)
    off_navigation = frozenset({page.path} if b"<!-- off the navigation -->" in data else ())
    one_page = replace(handbook, pages=[page], off_navigation=off_navigation)
    assert _found(one_page) == _expected(data.decode())


@pytest.mark.parametrize("case", sorted(CASES.glob("WVR001/*.yml")), ids=lambda case: case.stem)
def test_a_case_of_a_waiver_has_exactly_the_findings_it_names(
    case: Path, handbook: Handbook, tmp_path: Path
) -> None:
    """The handbook has one page, which names a platform: a good waiver excuses it."""
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "waivers.yml").write_bytes(case.read_bytes())
    source = PageSource("work.md", "docs/policy/work.md", "en")
    page = parse_page(source, PAGE.replace("Text.", "Facebook.").encode())
    registers = replace(handbook.registers, waivers=load_waivers(Folder(tmp_path)))
    assert _found(replace(handbook, pages=[page], registers=registers)) == _expected(case.read_text("utf-8"))


@pytest.mark.parametrize("case", sorted(CASES.glob("REG001/*.yml")), ids=lambda case: case.stem)
def test_a_case_of_scenarios_has_exactly_the_findings_it_names(
    case: Path, handbook: Handbook, tmp_path: Path
) -> None:
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "scenarios.yml").write_bytes(case.read_bytes())
    page = parse_page(PageSource("work.md", "docs/policy/work.md", "en"), PAGE.encode())
    scenarios = load_scenarios(Folder(tmp_path), handbook.registers.organization)
    registers = replace(handbook.registers, scenarios=scenarios)
    judged = replace(handbook, pages=[page], registers=registers)
    found = check(judged, [RULES["REG001"]]).findings
    assert [one.path for one in found] == ["registers/scenarios.yml"] * len(found)
    assert _found_by(found) == _expected(case.read_text("utf-8"))


def test_a_page_named_by_an_outcome_must_be_published(handbook: Handbook, site: Site) -> None:
    registers = replace(handbook.registers, decisions=site.registers.decisions)
    found = check(replace(handbook, registers=registers), [RULES["REG001"]]).findings
    place = registers.decisions.place("should-i-post", "post", "page")
    assert ("registers/decisions/should-i-post.yml", place.line) in {(one.path, one.line) for one in found}


@pytest.mark.parametrize("code", RULES)
def test_a_rule_has_a_good_and_a_bad_case(code: str) -> None:
    names = {case.stem.partition("-")[0] for case in (CASES / code).glob("*.*")}
    assert names == {"good", "bad"}


@pytest.mark.parametrize("code", RULES)
def test_a_bad_case_is_found_by_its_rule(code: str) -> None:
    for case in (CASES / code).glob("bad-*.*"):
        assert code in {found[2] for found in EXPECTED.findall(case.read_text(encoding="latin-1"))}


@pytest.mark.parametrize("code", RULES)
def test_a_rule_gives_its_reason_and_two_examples(code: str) -> None:
    manual = inspect.cleandoc(RULES[code].manual)
    assert re.search(r"^Bad:  .+\nGood: .+", manual, re.MULTILINE)
    assert len(manual.splitlines()[0]) > 20
