"""Each statement of law says whose word it is and when it was compared; no place lacks what is promised."""

from typing import get_args

import pytest

from handbook.content.sectors import Jurisdiction, Sector
from handbook.files.tree import Folder
from handbook.registers.loading import load_register
from handbook.registers.regulations import FILE, SUBJECTS, Regulation, Regulations
from handbook.registers.sources import FILE as SOURCES_FILE
from handbook.registers.sources import SourceList
from tests.conftest import ROOT

RULES = load_register(Folder(ROOT), FILE, Regulations).regulations
SOURCES = load_register(Folder(ROOT), SOURCES_FILE, SourceList).sources
PLACES = get_args(Jurisdiction)
# Pages that say that the laws which bind us are on a page of this subject: disclosure, accessibility.
PROMISED = ("promotion", "access", "work")


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_a_subject_a_place_and_a_source_of_a_kind_and_a_day(name: str) -> None:
    rule = RULES[name]
    source = SOURCES[rule.source]
    assert rule.subject != "other"
    assert rule.only_for.jurisdictions
    assert source.kind in ("official", "secondary")
    assert source.compared
    assert source.publisher
    assert source.address


def test_most_sources_are_official() -> None:
    kinds = [SOURCES[rule.source].kind for rule in RULES.values()]
    assert kinds.count("official") > 2 * kinds.count("secondary")


def test_no_rule_of_the_union_leaves_out_a_member_state_that_the_handbook_knows() -> None:
    union = {"fr", "de", "eu"}
    assert [
        name
        for name, rule in RULES.items()
        if "eu" in rule.only_for.jurisdictions and set(rule.only_for.jurisdictions) != union
    ] == []


@pytest.mark.parametrize("subject", SUBJECTS[:-1])
def test_each_subject_has_a_page_that_shows_its_rules(subject: str) -> None:
    page = (ROOT / "docs" / "law" / f"regulations-{subject}.md").read_text("utf-8")
    assert f'{{{{ regulations("{subject}") }}}}' in page
    overview = (ROOT / "docs" / "law" / "regulations.md").read_text("utf-8")
    assert f"(regulations-{subject}.md)" in overview


def _fits(rule: Regulation, place: str, sector: str) -> bool:
    kinds = rule.only_for
    return place in kinds.jurisdictions and (not kinds.sectors or sector in kinds.sectors)


@pytest.mark.parametrize("subject", PROMISED)
@pytest.mark.parametrize("sector", get_args(Sector))
@pytest.mark.parametrize("place", PLACES)
def test_what_pages_promise_is_there_for_each_place_and_sector(place: str, sector: str, subject: str) -> None:
    assert any(rule.subject == subject and _fits(rule, place, sector) for rule in RULES.values())


@pytest.mark.parametrize("place", PLACES)
def test_no_place_has_only_a_handful_of_rules(place: str) -> None:
    assert sum(_fits(rule, place, "charity") for rule in RULES.values()) >= 9
