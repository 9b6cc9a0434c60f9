"""What only a browser knows of editions: what a reader of each is told on the day of reading."""

import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import _Quiet
from tests.browser.test_site import WCAG
from tests.conftest import make_folder
from tests.scripts.conftest import Git


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The branch with 2026.1, in force from 20 November 2026, and 2026.2, from 1 January 2027."""
    git = Git(make_folder(tmp_path_factory.mktemp("editions") / "handbook"))
    git.commit()
    git("config", "user.name", "Communications lead")
    git("config", "user.email", "social@example.org")
    for effective in ("2026-11-20", "2027-01-01"):
        _publish(git.root, effective)
    git("switch", "--quiet", "gh-pages")
    handler = functools.partial(_Quiet, directory=str(git.root))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def _publish(root: Path, effective: str) -> None:
    command = [sys.executable, "-m", "scripts.cli", "edition", "publish"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1795176000"}
    subprocess.run(
        [*command, "--root", str(root), "--effective", effective],
        env=environment,
        check=True,
        capture_output=True,
    )


@contextmanager
def _opened(browser: Browser, address: str, day: str, **options: object) -> Iterator[Page]:
    """Open a page at noon of a day where the organization is; whatever the page logs as an error fails."""
    errors: list[str] = []
    context = browser.new_context(**options)  # type: ignore[arg-type]
    page = context.new_page()
    page.on("console", lambda one: errors.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    if options.get("java_script_enabled", True):
        page.clock.set_fixed_time(f"{day}T12:00:00-05:00")
    page.goto(address, wait_until="networkidle")
    yield page
    context.close()
    assert errors == []


@pytest.mark.parametrize(
    ("edition", "day", "told", "leads_to"),
    [
        ("2026.1", "2026-12-31", None, None),
        ("latest", "2026-12-31", None, None),
        ("2026.2", "2027-01-01", None, None),
        (
            "2026.2",
            "2026-12-31",
            "This is edition 2026.2, which takes effect on Jan 1, 2027. In force today: edition 2026.1.",
            "2026.1/other/",
        ),
        (
            "2026.1",
            "2027-01-01",
            "This is edition 2026.1, which is no longer in force. In force today: edition 2026.2.",
            "2026.2/other/",
        ),
        (
            "latest",
            "2027-01-01",
            "This is edition 2026.1, which is no longer in force. In force today: edition 2026.2.",
            "2026.2/other/",
        ),
    ],
)
def test_a_reader_is_told_which_edition_is_in_force_and_led_to_the_same_page(
    browser: Browser, address: str, edition: str, day: str, told: str | None, leads_to: str | None
) -> None:
    with _opened(browser, f"{address}{edition}/other/", day) as page:
        banner = page.locator(".other-edition")
        assert banner.is_visible() is bool(told)
        if told and leads_to:
            assert banner.inner_text() == told
            banner.get_by_role("link").click()
            page.wait_for_url(f"{address}{leads_to}")
            assert not page.locator(".other-edition").is_visible()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["editions/", "editions/fr/", "2026.2/other/", "2026.1/fr/"])
def test_the_list_and_the_banner_are_accessible(
    browser: Browser, address: str, path: str, scheme: str, width: int
) -> None:
    size = {"width": width, "height": 800}
    with _opened(browser, address + path, "2026-12-01", viewport=size, color_scheme=scheme) as page:
        result = Axe().run(page, options=WCAG)
        assert result.violations_count == 0, result.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_list_says_how_each_edition_stands_and_answers_for_a_day(browser: Browser, address: str) -> None:
    with _opened(browser, f"{address}editions/", "2026-12-31") as page:
        assert page.locator("tr .state").all_inner_texts() == ["Not in force yet", "In force today"]
        answer = page.get_by_role("status")
        page.get_by_label("Day").fill("2027-03-03")
        page.get_by_role("button", name="Show").click()
        assert answer.inner_text() == "Mar 3, 2027: edition 2026.2 is in force."
        assert answer.get_by_role("link").get_attribute("href") == "../2026.2/"
        page.get_by_label("Day").fill("2026-11-19")
        page.get_by_role("button", name="Show").click()
        assert answer.inner_text() == "Nov 19, 2026: no edition is in force."
    with _opened(browser, f"{address}editions/", "2027-01-01") as page:
        assert page.locator("tr .state").all_inner_texts() == ["In force today", "No longer in force"]


def test_without_scripts_a_reader_of_an_old_edition_finds_the_days_of_each(
    browser: Browser, address: str
) -> None:
    with _opened(browser, f"{address}2026.1/other/", "", java_script_enabled=False) as page:
        page.get_by_role("link", name="all editions").click()
        assert page.url == f"{address}editions/"
        assert "Nov 20, 2026 to Dec 31, 2026, then 2026.2" in page.locator("table").inner_text()
        assert not page.locator("form").is_visible()
        assert not page.locator(".state").first.is_visible()


def test_the_start_of_the_branch_leads_to_the_edition_in_force(browser: Browser, address: str) -> None:
    with _opened(browser, address, "2026-12-01") as page:
        page.wait_for_url(f"{address}latest/")
