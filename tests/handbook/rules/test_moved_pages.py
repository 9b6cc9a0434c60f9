"""Old addresses and the pages that registers name, as rules judge them together."""

from dataclasses import replace

import pytest

from handbook.check.runner import check
from handbook.content.pages import PageSource, parse_page
from handbook.findings import Finding
from handbook.model import Handbook
from handbook.registers.moved_pages import MovedPages
from handbook.rules import RULES
from tests.conftest import PAGE

PAGES = ("docs/index.md", "docs/policy/work.md", "docs/law/README.md", "docs/only.fr.md", "docs/a.html/b.md")


def _findings(handbook: Handbook, moved: dict[str, str]) -> list[Finding]:
    pages = [parse_page(PageSource(path, path, "en"), PAGE.encode()) for path in PAGES]
    registers = replace(handbook.registers, moved_pages=MovedPages(moved))
    judged = replace(handbook, pages=pages, registers=registers)
    return list(check(judged, [RULES["REG001"], RULES["REG004"]]).findings)


@pytest.mark.parametrize("old", ["policy/gifts/", "policy/", "work/", "policy/work.html", "index/", "fr/"])
def test_an_address_of_no_page_may_lead_to_one(handbook: Handbook, old: str) -> None:
    assert _findings(handbook, {old: "docs/policy/work.md"}) == []


@pytest.mark.parametrize("old", ["policy/work/", "POLICY/Work/", "law/", "only/", "a.html", "a.html/b/"])
def test_an_address_of_a_page_is_found(handbook: Handbook, old: str) -> None:
    assert [finding.code for finding in _findings(handbook, {old: "docs/index.md"})] == ["REG004"]


def test_a_line_that_leads_to_a_page_that_moved_again_is_told_where_to(handbook: Handbook) -> None:
    moved = {"first/": "docs/second.md", "second/": "docs/policy/work.md"}
    (finding,) = _findings(handbook, moved)
    assert (finding.code, finding.path) == ("REG001", "registers/moved_pages.yml")
    assert "name docs/policy/work.md" in finding.message


def test_pages_that_lead_to_each_other_are_found(handbook: Handbook) -> None:
    moved = {"first/": "docs/second.md", "second/": "docs/first.md"}
    assert [finding.code for finding in _findings(handbook, moved)] == ["REG001", "REG001"]
