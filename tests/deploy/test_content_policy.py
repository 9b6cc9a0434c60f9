"""The content security policy refuses nothing that the handbook does, on any page and with any feature."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.deploy.conftest import EDITION
from tests.deploy.servers import Server

_LISTEN = """addEventListener("securitypolicyviolation", (event) => {
  console.error(`${event.violatedDirective} refused ${event.blockedURI} at ${event.sourceFile}`)
})"""

# One request to the browser a page: a click from outside takes four, and the handbook has some 300 pages.
_USE = """async () => {
  const script = document.querySelector("script[type=module][src$='page.js']")
  for (const name of ["decision", "library", "photo_check", "reviews", "scenarios"]) {
    const component = document.querySelector(`.component.${name.replace("_", "-")}`)
    if (component) await import(new URL(`${name}.js`, script.src))
  }
  const all = (selector) => [...document.querySelectorAll(selector)]
  const shown = (selector) => all(selector).filter((each) => each.checkVisibility() && !each.disabled)
  all("main details, footer details").forEach((each) => { each.open = true })
  shown("main select").forEach((choice) => {
    choice.selectedIndex = choice.options.length - 1
    choice.dispatchEvent(new Event("input", { bubbles: true }))
    choice.dispatchEvent(new Event("change", { bubbles: true }))
  })
  shown("main button[type=button], footer button").forEach((button) => button.click())
  return [document.styleSheets.length, all(".decision").length]
}"""


class _Watched:
    """A tab, and what its pages logged as an error or asked of another host."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.troubles: list[str] = []
        own = (address, "data:", "blob:")
        page.add_init_script(_LISTEN)
        page.on("pageerror", lambda error: self.troubles.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda message: (
                self.troubles.append(f"{page.url}: {message.text}") if message.type == "error" else None
            ),
        )
        page.on(
            "request",
            lambda request: None if request.url.startswith(own) else self.troubles.append(request.url),
        )


@pytest.fixture
def watched(browser: Browser, server: Server) -> Iterator[_Watched]:
    with browser.new_context(ignore_https_errors=True) as context:
        yield _Watched(context.new_page(), server.address)


def _addresses(site: Path) -> list[str]:
    """Return all pages at the top; those of the edition are the same."""
    files = [file.relative_to(site).as_posix() for file in site.rglob("*.html")]
    shown = (file for file in files if not file.startswith((EDITION, "edit/")) and "/." not in file)
    return sorted(file.removesuffix("index.html") for file in shown)


def _use_everything(page: Page) -> None:
    """Open what can be opened, press every button, choose the last of every list, and make a decision."""
    styles, decisions = page.evaluate(_USE)
    assert styles
    answers = page.locator(".decision__step a:visible")
    for _ in range(3 if decisions else 0):
        if answers.count():
            answers.first.click()


def test_pages_and_their_features_break_no_rule(watched: _Watched, server: Server, served_site: Path) -> None:
    addresses = _addresses(served_site)
    assert len(addresses) > 100
    for path in addresses:
        watched.page.goto(f"{server.address}{path}", wait_until="load")
        _use_everything(watched.page)
    assert watched.troubles == []


@pytest.mark.parametrize("path", ["", "latest/", "2026.1/fr/", "policy/work/", "nowhere/"])
def test_the_search_breaks_no_rule(watched: _Watched, server: Server, path: str) -> None:
    watched.page.goto(f"{server.address}{path}?q=photo")
    expect(watched.page.locator("[data-search-results] li").first).to_be_visible()
    assert [trouble for trouble in watched.troubles if "404" not in trouble] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_chosen_scheme_breaks_no_rule(watched: _Watched, server: Server, scheme: str) -> None:
    watched.page.emulate_media(color_scheme="dark" if scheme == "light" else "light")
    watched.page.goto(server.address)
    watched.page.locator(".footer__scheme").click()
    watched.page.goto(f"{server.address}policy/work/")
    assert watched.page.evaluate("document.documentElement.dataset.scheme") == scheme
    assert watched.troubles == []


@pytest.mark.parametrize("path", ["audit/data/compliance.svg", "audit/data/compliance-dark.svg"])
def test_a_drawing_breaks_no_rule(watched: _Watched, server: Server, path: str) -> None:
    watched.page.goto(f"{server.address}{path}")
    assert watched.troubles == []


def test_what_the_policy_is_for_is_refused(watched: _Watched, server: Server) -> None:
    """The test itself can fail: a script that somebody wrote into a page is refused, and heard of."""
    watched.page.goto(server.address)
    watched.page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'hacked = 1'}))"
    )
    assert watched.page.evaluate("typeof hacked") == "undefined"
    watched.page.evaluate("fetch('https://example.net/').catch(() => {})")
    assert any("script-src" in trouble for trouble in watched.troubles)
    assert any("connect-src" in trouble for trouble in watched.troubles)
