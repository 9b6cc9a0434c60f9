"""The pages of reference, and what leads to them."""

from dataclasses import replace

import pytest
from markupsafe import escape

from handbook.rules import RULES
from handbook.rules.registry import PAGE
from handbook.rules.wording.guidance import Place, places, subjects
from macros.context.registry import MacroContext
from macros.context.site import Site
from macros.definitions.reference import rule_list
from macros.definitions.wording import wording_rules
from tests.conftest import ROOT


@pytest.mark.parametrize("code", RULES)
def test_a_rule_leads_to_its_section_on_the_page_of_rules(code: str, site: Site) -> None:
    page, _, anchor = RULES[code].section.partition("#")
    assert page == PAGE
    assert "{{ rule_list() }}" in (ROOT / "docs" / f"{PAGE.rstrip('/')}.md").read_text(encoding="utf-8")
    assert f"## {code}: {RULES[code].title} {{ #{anchor} }}" in str(rule_list(MacroContext(site, "en")))


def _in(site: Site, place: Place) -> Site:
    """Return the site of an organization for which the guidance of a place is."""
    sector = "government" if place.employers == "public" else "other"
    changed = {"jurisdictions": [place.jurisdiction], "sector": sector}
    organization = site.registers.organization.model_copy(update=changed)
    return replace(site, registers=replace(site.registers, organization=organization))


@pytest.mark.parametrize("place", places(), ids=lambda place: f"{place.jurisdiction}-{place.employers}")
def test_what_each_rule_on_wording_rests_on_is_shown(site: Site, place: Place) -> None:
    shown = str(wording_rules(MacroContext(_in(site, place), "en")))
    for name, clause in place.subjects.items():
        code = subjects()[name].code
        assert f'href="docs/contributing/rules.md#{code.lower()}">{code}</a>' in shown
        assert str(escape(clause.write)) in shown
        assert f'href="{place.standards[clause.standard].address}"' in shown
    others = {other.jurisdiction for other in places()} - {place.jurisdiction}
    assert not any(MacroContext(site, "en").catalog[f"place.{other}"] in shown for other in others)


def test_a_place_of_which_nothing_is_known_has_no_table(site: Site) -> None:
    germany = places()[0].model_copy(update={"jurisdiction": "de"})
    assert "<table" not in str(wording_rules(MacroContext(_in(site, germany), "en")))


def test_text_in_another_language_is_marked(site: Site) -> None:
    (french,) = [place for place in places() if place.language == "fr"]
    write = escape(french.subjects["pay"].write)
    assert f'<span lang="fr">{write}</span>' in str(wording_rules(MacroContext(_in(site, french), "en")))
    assert f"<q>{write}</q>" in str(wording_rules(MacroContext(_in(site, french), "fr")))
