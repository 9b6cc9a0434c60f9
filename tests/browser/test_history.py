"""The history of a page in a browser: on the page, in its document, and printed."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.conftest import served
from tests.browser.test_site import WCAG, WIDTHS
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
    with served(root, tmp_path_factory.mktemp("site")) as where:
        yield where


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["other/", DOCUMENT])
def test_the_history_is_accessible_and_fits(
    browser: Browser, address: str, path: str, scheme: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto(address + path)
    for summary in page.locator("details.history summary").all():
        summary.click()
        assert page.locator(".history li").first.is_visible()
    result = Axe().run(page, options=WCAG)
    assert result.violations_count == 0, result.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    context.close()
    assert wrong == []


def test_without_scripts_and_colors_a_redline_is_marked_and_announced(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, forced_colors="active")
    page = context.new_page()
    page.goto(address + DOCUMENT)
    inserted, deleted = page.locator(".redline ins").first, page.locator(".redline del").first
    assert inserted.evaluate("one => getComputedStyle(one).textDecorationLine") == "underline"
    assert deleted.evaluate("one => getComputedStyle(one).textDecorationLine") == "line-through"
    assert "[inserted:" in (inserted.text_content() or "")
    assert "[deleted:" in (deleted.text_content() or "")
    context.close()


def test_a_closed_history_is_printed(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "other/")
    item = page.locator(".history li").first
    assert not item.is_visible()
    page.emulate_media(media="print")
    assert item.is_visible()
    page.close()
