"""Opens pages in a browser and measures what they load, and whether anything jumps or flashes."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from playwright.sync_api import Browser, CDPSession, Page

from scripts.development.measure.limits import PageFigures, SearchFigures

_PHONE: Final = {"width": 360, "height": 640}
# A headless browser does not ask for the icon, which a window does.
_ASK_FOR_ICON: Final = "fetch(document.querySelector('link[rel=icon]').href).then(answer => answer.blob())"
_LAYOUT_SHIFT: Final = """new Promise(resolve => {
  new PerformanceObserver(list => list).observe({ type: "layout-shift", buffered: true })
  const observer = new PerformanceObserver(list => {
    resolve(list.getEntries().reduce((sum, entry) => sum + entry.value, 0))
  })
  observer.observe({ type: "layout-shift", buffered: true })
  setTimeout(() => resolve(0), 150)
})"""
# A frame is drawn after this: what is seen here first is what a reader sees first.
_NOTE_FIRST_COLOR: Final = """
  const note = () => {
    if (!document.body) return requestAnimationFrame(note)
    window.firstColor = getComputedStyle(document.body).backgroundColor
  }
  requestAnimationFrame(note)
"""
_COLORS: Final = "[window.firstColor, getComputedStyle(document.body).backgroundColor]"
_CHOOSE_DARK: Final = "localStorage.setItem('scheme', 'dark')"
_ANOTHER_PAGE: Final = "404.html"


@dataclass  # Without slots: Playwright keeps attributes of its own on whose methods it calls.
class _Traffic:
    """What a tab asked for since the last `reset`, and how many bytes came for it."""

    bytes: int = 0
    from_network: set[str] = field(default_factory=set)

    def follow(self, session: CDPSession) -> None:
        session.send("Network.enable")
        session.on("Network.responseReceived", self._asked)
        session.on("Network.requestServedFromCache", self._had)
        session.on("Network.loadingFinished", self._loaded)

    def _asked(self, event: Mapping[str, Any]) -> None:
        response = event["response"]
        if not response.get("fromDiskCache") and response["url"].startswith("http"):
            self.from_network.add(event["requestId"])

    def _had(self, event: Mapping[str, Any]) -> None:
        self.from_network.discard(event["requestId"])

    def _loaded(self, event: Mapping[str, Any]) -> None:
        if event["requestId"] in self.from_network:
            self.bytes += int(event["encodedDataLength"])

    def reset(self) -> None:
        self.bytes = 0
        self.from_network.clear()


def measure_page(
    browser: Browser, address: str, path: str, judge: Callable[[str], Mapping[str, int]]
) -> PageFigures:
    """Measure a page: as the first of a visit, and after another page on which dark colors were chosen."""
    with _tab(browser) as (page, traffic):
        _open(page, address + path)
        first_view, requests = traffic.bytes, len(traffic.from_network)
        layout_shift = float(page.evaluate(_LAYOUT_SHIFT))
    with _tab(browser) as (page, traffic):
        _open(page, address + _ANOTHER_PAGE)
        page.evaluate(_CHOOSE_DARK)
        traffic.reset()
        _open(page, address + path)
        next_view = traffic.bytes
        first, last = page.evaluate(_COLORS)
    return PageFigures(
        path, first_view, requests, next_view, layout_shift, first == last, judge(address + path)
    )


def measure_search(browser: Browser, address: str, path: str) -> SearchFigures:
    """Measure what the first use of the search loads."""
    with _tab(browser) as (page, traffic):
        _open(page, address + path)
        traffic.reset()
        page.locator("input[type=search]").first.focus()
        page.keyboard.type("a")
        page.locator("[data-search-results]").first.wait_for()
        page.wait_for_load_state("networkidle")
        return SearchFigures(path, traffic.bytes)


@contextmanager
def _tab(browser: Browser) -> Iterator[tuple[Page, _Traffic]]:
    """Open a tab with an empty cache, on a phone whose colors are light."""
    context = browser.new_context(viewport=_PHONE, color_scheme="light")  # type: ignore[arg-type]
    context.add_init_script(_NOTE_FIRST_COLOR)
    page, traffic = context.new_page(), _Traffic()
    traffic.follow(context.new_cdp_session(page))
    yield page, traffic
    context.close()


def _open(page: Page, address: str) -> None:
    page.goto(address, wait_until="networkidle")
    page.evaluate(_ASK_FOR_ICON)
