"""Someone who runs an account at night finds a way on, whatever has happened on whatever platform."""

import re
from pathlib import Path

import pytest

from macros.context.site import Site
from tests.conftest import ROOT

FOLDER = ROOT / "docs" / "platforms"
WAY_ON = re.compile(r"\]\((?:https|mailto):|\]\([^)\s]+\.md|\{\{ contact\(")


def _pages(site: Site) -> list[Path]:
    return [page for name in site.registers.platforms.platforms if (page := FOLDER / f"{name}.md").is_file()]


def _troubles(page: Path) -> list[str]:
    """Return the text below each heading of the section on what goes wrong."""
    _, _, below = page.read_text(encoding="utf-8").partition("\n## When something goes wrong\n")
    return below.partition("\n## ")[0].split("\n### ")[1:]


def test_ten_platforms_have_a_page(site: Site) -> None:
    assert len(_pages(site)) == 10


def test_whatever_goes_wrong_on_a_platform_there_is_an_address_or_someone_to_call(site: Site) -> None:
    for page in _pages(site):
        troubles = _troubles(page)
        assert len(troubles) >= 3, page.name
        dead_ends = [trouble.splitlines()[0] for trouble in troubles if not WAY_ON.search(trouble)]
        assert dead_ends == [], page.name


def test_every_page_says_first_whom_to_call_when_an_account_is_stolen(site: Site) -> None:
    for page in _pages(site):
        assert 'contact("security", "sentence")' in _troubles(page)[0], page.name


@pytest.mark.parametrize("purpose", ["help", "appeal", "export"])
def test_every_platform_with_a_page_has_its_most_needed_addresses(site: Site, purpose: str) -> None:
    platforms = site.registers.platforms.platforms
    pages = [page.stem for page in _pages(site)]
    assert [name for name in pages if purpose not in platforms[name].addresses.known] == []


def test_where_a_platform_has_no_address_for_recovery_the_page_says_whom_to_write_to(site: Site) -> None:
    platforms = site.registers.platforms.platforms
    without = [page for page in _pages(site) if "recovery" not in platforms[page.stem].addresses.known]
    assert [page.stem for page in without if "If that fails, write to" not in _troubles(page)[0]] == []
