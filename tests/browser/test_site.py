"""What only a browser knows, on every page of the sample."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Request

from handbook.content.pages import PageSource, read_page
from tests.browser.conftest import served
from tests.conftest import ROOT

WIDTHS = (1280, 360)
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}


def _address(file: Path) -> str:
    """Return the address of a page below the site's."""
    name = file.relative_to(ROOT / "docs").with_suffix("").as_posix().removesuffix("index").rstrip("/")
    return f"{name}/" if name else ""


PAGES = [_address(file) for file in sorted((ROOT / "docs").rglob("*.md")) if not file.stem.endswith(".fr")]
PAGES += ["fr/", "fr/policy/work/", "fr/audit/reviews/", "404.html"]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(ROOT, tmp_path_factory.mktemp("site")) as where:
        yield where


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_no_other_host_logs_no_error_and_is_accessible(
    browser: Browser, address: str, path: str, width: int
) -> None:
    elsewhere: list[str] = []
    errors: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            elsewhere.append(request.url)

    for scheme in ("light", "dark"):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
        )
        page = context.new_page()
        page.on("request", note)
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address + path, wait_until="load")
        result = Axe().run(page, options=WCAG)
        assert result.violations_count == 0, result.generate_report()
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0
        context.close()
    assert elsewhere == []
    assert errors == []


def _due_day() -> date:
    """Return the due day of the page that the banner is looked for on, whoever reviewed it last."""
    path = "docs/policy/work.md"
    schedule = read_page(PageSource(str(ROOT / path), path, "en")).schedule
    assert schedule
    return schedule.due


def _banner_on(browser: Browser, address: str, moment: str, *, script: bool = True) -> tuple[bool, str]:
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    if script:
        page.clock.set_fixed_time(moment)
    page.goto(address + "policy/work/")
    shown = page.locator("div.overdue").is_visible(), page.locator("article").inner_text()
    context.close()
    return shown


def test_the_banner_appears_on_the_day_after_the_due_day_where_the_organization_is(
    browser: Browser, address: str
) -> None:
    midnight = datetime.combine(_due_day() + timedelta(days=1), time.min, ZoneInfo("America/New_York"))
    hour_before, hour_after = (midnight + timedelta(hours=hours) for hours in (-1, 1))
    assert not _banner_on(browser, address, hour_before.isoformat())[0]
    assert _banner_on(browser, address, hour_after.isoformat())[0]


def test_without_scripts_a_reader_is_told_the_day_to_compare(browser: Browser, address: str) -> None:
    shown, text = _banner_on(browser, address, "", script=False)
    assert not shown
    assert f"If it is later than {_due_day():%b %-d, %Y}, this page is overdue" in text


def _dashboard_on(browser: Browser, address: str, moment: str, *, script: bool = True) -> dict[str, str]:
    """Return what the dashboard says as a whole, in its picture, of one owner, and of one page."""
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    if script:
        page.clock.set_fixed_time(moment)
    page.goto(address + "audit/reviews/")
    shown = {
        "counted": page.locator(".reviews > p").first.inner_text(),
        "picture": " ".join(page.locator(".reviews__total").all_inner_texts()),
        "bars": " ".join(
            str(round(width))
            for width in page.locator(".reviews__bar").evaluate_all(
                "bars => bars.map(bar => 20 * bar.offsetWidth / bars[0].parentElement.offsetWidth)"
            )
        ),
        "owner": page.locator(".reviews__group", has_text="Platform lead").inner_text(),
        "page": page.locator(".reviews__page", has_text="Facebook guidelines").inner_text(),
    }
    context.close()
    return {name: " ".join(text.split()) for name, text in shown.items()}


def test_the_dashboard_counts_the_pages_on_the_day_of_reading(browser: Browser, address: str) -> None:
    due, pages = "2027-02-20", len(list((ROOT / "docs" / "platforms").glob("*.md")))
    before = _dashboard_on(browser, address, "2027-01-21T12:00:00-05:00")
    assert before["counted"] == "Counted on Jan 21, 2027."
    assert before["page"].startswith("Facebook guidelines In order Feb 20, 2027")
    first = _dashboard_on(browser, address, "2027-01-22T12:00:00-05:00")
    assert first["page"].startswith("Facebook guidelines Due soon")
    assert first["owner"] == f"Platform lead 0 {pages} 0 0 Calendar"
    last = _dashboard_on(browser, address, f"{due}T23:30:00-05:00")
    assert last["page"].startswith("Facebook guidelines Due soon")
    after = _dashboard_on(browser, address, "2027-02-21T00:30:00-05:00")
    assert after["page"].startswith("Facebook guidelines Overdue")
    assert after["owner"] == f"Platform lead 0 0 {pages} 0 Calendar"
    assert "Overdue 0" in before["picture"]
    assert "Overdue 0" not in after["picture"]
    assert after["bars"] != before["bars"]


def test_without_scripts_the_dashboard_says_as_of_which_day_it_counted(
    browser: Browser, address: str
) -> None:
    shown = _dashboard_on(browser, address, "", script=False)
    assert shown["counted"].startswith("Counted on Nov 20, 2026. Pages may have become due since.")
    assert shown["page"] == "Facebook guidelines In order Feb 20, 2027 Nov 20, 2026 Platform lead"
    pages = len(list((ROOT / "docs" / "platforms").glob("*.md")))
    assert shown["owner"] == f"Platform lead {pages} 0 0 0 Calendar"


@pytest.mark.parametrize("key", ["Enter", " "])
@pytest.mark.parametrize("name", ["Menu", "Search the handbook"])
def test_menu_and_search_open_by_keyboard_on_a_phone(
    browser: Browser, address: str, name: str, key: str
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780})
    page = context.new_page()
    page.goto(address)
    button = page.get_by_role("button", name=name)
    button.focus()
    page.keyboard.press(key)
    assert button.get_attribute("aria-expanded") == "true"
    context.close()


@pytest.mark.parametrize(
    ("day", "told"), [("2027-02-20", "Due soon"), ("2027-02-21", "Overdue"), ("2026-11-21", "In order")]
)
def test_the_register_gives_states_of_the_day_of_reading(
    browser: Browser, address: str, day: str, told: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.clock.set_fixed_time(f"{day}T12:00:00-05:00")
    page.goto(address + "audit/register/")
    row = page.locator(".reviews__page", has_text="Facebook guidelines")
    assert row.locator(".reviews__state").inner_text() == told
    assert page.locator(".reviews__day").get_attribute("datetime") == day
    assert not page.locator(".reviews__stale").is_visible()
    context.close()
