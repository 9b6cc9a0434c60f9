"""The page that maps the ten practices to pages and checks tells the truth."""

import re

import pytest

from handbook.rules import RULES
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "contributing" / "practices.md"
ROW = re.compile(r"^\| \*\*(?P<number>\d+)\. .+? \| (?P<pages>.+?) \| (?P<codes>.+?) \|$", re.MULTILINE)
ROWS = list(ROW.finditer(PAGE.read_text(encoding="utf-8")))


def test_there_are_ten_practices() -> None:
    assert [int(row["number"]) for row in ROWS] == list(range(1, 11))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["number"])
def test_a_practice_has_a_page_that_names_it_and_a_check_that_exists(row: re.Match[str]) -> None:
    targets = [PAGE.parent / link for link in re.findall(r"\]\((.+?)\)", row["pages"])]
    targets += [ROOT / path for path in re.findall(r'page_link\("(.+?)"', row["pages"])]
    assert targets
    assert [target for target in targets if not target.is_file()] == []
    assert row["codes"]
    assert set(row["codes"].split(", ")) <= RULES.keys()
