"""How the pages stood over time, as a reader sees it."""

import datetime
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from handbook.compliance.compliance_for_build import ComplianceForBuild
from handbook.compliance.tally import PageState, Tally
from handbook.content.pages import PageSource, parse_page
from handbook.git.source_repository import Unavailable
from handbook.markup.refused_html import suspects
from macros.context.registry import MacroContext
from macros.context.site import Site
from macros.definitions.compliance import compliance_over_time
from macros.outputs.compliance_pictures import pictures
from macros.presentation.safe_html import clean
from tests.conftest import PAGE

DAYS = (datetime.date(2026, 10, 31), datetime.date(2026, 11, 20))
COUNTS = ((20, 9, 3, 65, 1, 2), (100, 0, 0, 0, 0, 0))
PAST = ComplianceForBuild(
    [Tally(day, dict(zip(PageState, row, strict=True))) for day, row in zip(DAYS, COUNTS, strict=True)]
)


def _shown(site: Site, past: ComplianceForBuild, language: str = "en") -> str:
    page = parse_page(PageSource("", "docs/audit/compliance.md", language), PAGE.encode())
    return str(
        compliance_over_time(
            MacroContext(replace(site, compliance=past), language, page, "fr/audit/compliance/")
        )
    )


def test_the_newest_month_stands_first(site: Site) -> None:
    shown = _shown(site, PAST)
    rows = re.findall(r"<tr><th scope=\"row\">.*?>([^<>]+)</time></th><td>(.*)</td></tr>", shown)
    assert rows == [
        ("Nov 20, 2026", "100%</td><td>100</td><td>100</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0"),
        ("Oct 31, 2026", "29%</td><td>100</td><td>20</td><td>9</td><td>3</td><td>65</td><td>1</td><td>2"),
    ]


def test_a_picture_has_its_numbers_in_words_and_passes_the_cleaning(site: Site) -> None:
    shown = _shown(site, PAST)
    assert suspects(shown) == []
    for color in ("compliance.svg#only-light", "compliance-dark.svg#only-dark"):
        assert f'src="../../../audit/data/{color}"' in clean(shown)
    assert (
        shown.count('alt="The share of pages in order was 29% on Oct 31, 2026 and 100% on Nov 20, 2026.') == 2
    )


def test_it_is_told_in_french(site: Site) -> None:
    assert "de 29\u00a0% au 31 oct. 2026" in _shown(site, PAST, "fr").replace("\u202f", "\u00a0")


@pytest.mark.parametrize("gap", Unavailable)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_past_that_is_not_known_says_what_to_do(site: Site, gap: Unavailable, language: str) -> None:
    shown = _shown(site, ComplianceForBuild(unavailable=gap), language)
    assert "<table" not in shown
    assert "<img" not in shown
    assert {"en": "build the site", "fr": "construisez le site"}[language] in shown


def test_pictures_are_written_where_the_past_is_known(site: Site) -> None:
    files = pictures(replace(site, compliance=PAST))
    assert list(files) == ["audit/data/compliance.svg", "audit/data/compliance-dark.svg"]
    assert all(ET.fromstring(data).tag.endswith("svg") for data in files.values())  # noqa: S314 - our own
    unavailable = ComplianceForBuild(unavailable=Unavailable.CUT_OFF)
    assert pictures(replace(site, compliance=unavailable)) == {}
