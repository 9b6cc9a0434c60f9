"""A browser, a tab that all tests use in turn, and the address of the sample."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from scripts.development.served_site import served
from scripts.setup.chromium import HOW_TO, find_headless_browser

NOON: Final = "2026-11-20T12:00:00-05:00"
# A choice that a page stored would be in force on the pages that later tests open.
_FORGET: Final = "try { localStorage.clear(); sessionStorage.clear() } catch { /* A blank page has none. */ }"


@pytest.fixture(scope="session")
def sample_address(sample_site: Path) -> Iterator[str]:
    """Where the site of the sample is served."""
    with served(sample_site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = find_headless_browser()
    assert executable, HOW_TO
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()


class Tab:
    """A tab that tests use in turn: a new one costs six times what a page costs in one that is open.

    `errors` holds what pages logged as an error since `reset`, and `requests` every address asked for.
    """

    def __init__(self, context: BrowserContext, *, has_clock: bool = True) -> None:
        context.add_init_script(_FORGET)
        self.errors: list[str] = []
        self.requests: list[str] = []
        self._page = context.new_page()
        self._has_clock = has_clock
        self._moment: str | None = None
        self._page.on("request", lambda request: self.requests.append(request.url))
        self._page.on("pageerror", lambda error: self.errors.append(str(error)))
        self._page.on(
            "console",
            lambda message: self.errors.append(message.text) if message.type == "error" else None,
        )

    def open(self, address: str, width: int = 1280, moment: str = NOON) -> Page:
        """Open a page at a moment, which a tab without scripts cannot know."""
        self._page.set_viewport_size({"width": width, "height": 800})
        if self._has_clock and moment != self._moment:
            # It stays set for the pages that come; to set it again costs a tenth of a page.
            self._page.clock.set_fixed_time(moment)
            self._moment = moment
        if "#" in address:
            self._page.goto("about:blank")  # From the same page, an anchor would only be scrolled to.
        self._page.goto(address, wait_until="load")
        return self._page

    def reset(self) -> None:
        self._page.emulate_media(media="null", color_scheme="null", forced_colors="null")
        self.errors.clear()
        self.requests.clear()


@pytest.fixture(scope="session")
def _shared_tab(browser: Browser) -> Tab:
    return Tab(browser.new_context())


@pytest.fixture
def tab(_shared_tab: Tab) -> Iterator[Tab]:
    """A tab; whatever its pages log as an error fails the test."""
    _shared_tab.reset()
    yield _shared_tab
    assert _shared_tab.errors == []


@pytest.fixture(scope="session")
def _shared_tab_without_scripts(browser: Browser) -> Tab:
    return Tab(browser.new_context(java_script_enabled=False), has_clock=False)


@pytest.fixture
def tab_without_scripts(_shared_tab_without_scripts: Tab) -> Iterator[Tab]:
    """A tab whose pages run no script; whatever they log as an error fails the test."""
    _shared_tab_without_scripts.reset()
    yield _shared_tab_without_scripts
    assert _shared_tab_without_scripts.errors == []
