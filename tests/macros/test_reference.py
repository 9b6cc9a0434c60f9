"""The pages of reference, and what leads to them."""

import pytest

from handbook.rules import RULES
from handbook.rules.registry import PAGE
from macros.context.registry import MacroContext
from macros.context.site import Site
from macros.definitions.reference import rule_list
from tests.conftest import ROOT


@pytest.mark.parametrize("code", RULES)
def test_a_rule_leads_to_its_section_on_the_page_of_rules(code: str, site: Site) -> None:
    page, _, anchor = RULES[code].section.partition("#")
    assert page == PAGE
    assert "{{ rule_list() }}" in (ROOT / "docs" / f"{PAGE.rstrip('/')}.md").read_text(encoding="utf-8")
    assert f"## {code}: {RULES[code].title} {{ #{anchor} }}" in str(rule_list(MacroContext(site, "en")))
