"""The history of a page in a browser: on the page, in its document, and printed."""

from collections.abc import Iterator

import pytest

from scripts.development.served_site import served
from tests.browser.accessibility import assert_accessible, in_every_state
from tests.browser.conftest import Tab
from tests.builds import build_site
from tests.conftest import PAGE, make_folder
from tests.scripts.conftest import Git

DOCUMENT = "audit/history/other.md.html"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = make_folder(tmp_path_factory.mktemp("history") / "handbook")
    git = Git(root)
    git.commit("2026-11-01", "Begin the handbook")
    (root / "docs" / "other.md").write_text(PAGE.replace("Text.", f"Ask {'first ' * 40}{'x' * 200}."))
    git.commit("2026-11-02", f"Say whom to ask, {'and whom not ' * 9}(#12)\n\nChange: substantive")
    with served(build_site(root, tmp_path_factory.mktemp("site"))) as address:
        yield address


@pytest.mark.parametrize("path", ["other/", DOCUMENT])
def test_the_history_is_accessible_and_fits(tab: Tab, address: str, path: str) -> None:
    page = tab.open(address + path)
    for summary in page.locator("details.history summary").all():
        summary.click()
        assert page.locator(".history li").first.is_visible()
    for state in in_every_state(page):
        assert_accessible(page, state)


def test_without_scripts_and_colors_a_redline_is_marked_and_announced(
    tab_without_scripts: Tab, address: str
) -> None:
    page = tab_without_scripts.open(address + DOCUMENT)
    page.emulate_media(forced_colors="active")
    inserted, deleted = page.locator(".redline ins").first, page.locator(".redline del").first
    assert inserted.evaluate("element => getComputedStyle(element).textDecorationLine") == "underline"
    assert deleted.evaluate("element => getComputedStyle(element).textDecorationLine") == "line-through"
    assert "[inserted:" in (inserted.text_content() or "")
    assert "[deleted:" in (deleted.text_content() or "")


def test_a_closed_history_is_printed(tab: Tab, address: str) -> None:
    page = tab.open(address + "other/")
    item = page.locator(".history li").first
    assert not item.is_visible()
    page.emulate_media(media="print")
    assert item.is_visible()
