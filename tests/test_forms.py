"""The forms: each is found on their index, and at the address that it had before it got a page."""

import re

import pytest

from tests.conftest import ROOT

RESOURCES = ROOT / "docs" / "resources"
INDEX = (RESOURCES / "templates.md").read_text(encoding="utf-8")
LINKS = re.findall(r"\]\((forms/[^)#]+)(?:#[\w-]+)?\)\{ #([\w-]+) \}", INDEX)
PAGES = sorted(file.name for file in (RESOURCES / "forms").glob("*.md") if not file.name.endswith(".fr.md"))
# Where the forms were as long as all of them were on one page.
FORMER = [
    "request-for-an-account",
    "consent-for-a-photo",
    "incident-log",
    "learning-log",
    "log-of-hidden-comments",
    "correction-note",
    "review-notes",
    "strategy-on-one-page",
]


@pytest.mark.parametrize("name", PAGES)
def test_the_index_leads_to_each_page_of_forms(name: str) -> None:
    assert f"forms/{name}" in {page for page, _ in LINKS}


@pytest.mark.parametrize("anchor", FORMER)
def test_an_address_of_a_form_still_leads_to_it(anchor: str) -> None:
    page = {anchor: page for page, anchor in LINKS}[anchor]
    assert f"{{ #{anchor} }}" in (RESOURCES / page).read_text(encoding="utf-8")
