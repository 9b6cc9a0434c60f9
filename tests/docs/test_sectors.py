"""The fields that an organization may be in: each has a page that only its organizations publish."""

import pytest

from handbook.content.front_matter import read_front_matter
from handbook.content.page_keys.lists import SECTORS
from tests.conftest import ROOT

# What fits no field has no page of one.
WITH_A_PAGE = [sector for sector in SECTORS if sector != "other"]
PAGES = {
    file.name: read_front_matter(file.read_text(encoding="utf-8")).values.get("applies_to")
    for file in (ROOT / "docs" / "practice").glob("*.md")
    if not file.name.endswith(".fr.md")
}


@pytest.mark.parametrize("sector", WITH_A_PAGE)
def test_a_field_has_one_page_for_it_alone(sector: str) -> None:
    assert [kinds for kinds in PAGES.values() if kinds == {"sectors": [sector]}] == [{"sectors": [sector]}]
