"""CODEOWNERS agrees with registers/owners.yml, in both directions."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from handbook.check.runner import check
from handbook.content.pages import PageSource, parse_page
from handbook.model import Handbook
from handbook.registers.code_owners import CodeOwnersFiles
from handbook.registers.owners import Owner, Owners
from handbook.rules import RULES
from tests.conftest import PAGE, ROOT

CASES = sorted((ROOT / "tests" / "cases" / "OWN003").glob("*.yml"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_case_has_exactly_the_findings_it_names(case: Path, handbook: Handbook) -> None:
    told = yaml.safe_load(case.read_text(encoding="utf-8"))
    page = parse_page(PageSource("", "docs/page.md", "en"), PAGE.encode())
    texts = {"github": told["file"]} if told["file"] else {}
    registers = replace(
        handbook.registers,
        owners=_with_holders(handbook.registers.owners, told["holders"]),
        code_owners=CodeOwnersFiles(texts, frozenset({"github"})),
    )
    findings = check(replace(handbook, registers=registers, pages=[page]), [RULES["OWN003"]]).findings
    assert [
        f"{finding.path}:{finding.line}:{finding.column} {finding.severity} {finding.code} {finding.message}"
        for finding in findings
    ] == told["findings"]


def _with_holders(owners: Owners, holders: dict[str, list[object]]) -> Owners:
    """Return the register of the sample, whose escalation and deputies would hold paths, without those."""
    roles = {
        role: Owner.model_validate(
            {**owner.model_dump(), "deputy": None, "edits_wording": False, "holders": holders.get(role, [])}
        )
        for role, owner in owners.owners.items()
    }
    return owners.model_copy(update={"owners": roles, "escalation": None})
