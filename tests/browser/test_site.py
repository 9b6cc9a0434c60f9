"""What only a browser knows, on every page of the sample."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from handbook.content.pages import PageSource, read_page
from tests.browser.accessibility import assert_accessible, in_every_state
from tests.browser.conftest import Tab
from tests.conftest import ROOT


def _address(file: Path) -> str:
    """Return the address of a page below the site's."""
    name = file.relative_to(ROOT / "docs").with_suffix("").as_posix().removesuffix("index").rstrip("/")
    return f"{name}/" if name else ""


PAGES = [_address(file) for file in sorted((ROOT / "docs").rglob("*.md")) if not file.stem.endswith(".fr")]
PAGES += ["fr/", "fr/policy/work/", "fr/audit/reviews/", "404.html"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_no_other_host_logs_no_error_and_is_accessible(
    tab: Tab, sample_address: str, path: str
) -> None:
    page = tab.open(sample_address + path)
    for state in in_every_state(page):
        assert_accessible(page, state)
    assert [url for url in tab.requests if not url.startswith((sample_address, "data:", "blob:"))] == []
    assert tab.errors == []


def _due_day() -> date:
    """Return the due day of the page that the banner is looked for on, whoever reviewed it last."""
    path = "docs/policy/work.md"
    schedule = read_page(PageSource(str(ROOT / path), path, "en")).schedule
    assert schedule
    return schedule.due


def _is_banner_shown(tab: Tab, address: str, moment: datetime) -> bool:
    page = tab.open(address + "policy/work/", moment=moment.isoformat())
    return page.locator("div.overdue").is_visible()


def test_the_banner_appears_on_the_day_after_the_due_day_where_the_organization_is(
    tab: Tab, sample_address: str
) -> None:
    midnight = datetime.combine(_due_day() + timedelta(days=1), time.min, ZoneInfo("America/New_York"))
    assert not _is_banner_shown(tab, sample_address, midnight - timedelta(hours=1))
    assert _is_banner_shown(tab, sample_address, midnight + timedelta(hours=1))


def test_without_scripts_a_reader_is_told_the_day_to_compare(
    tab_without_scripts: Tab, sample_address: str
) -> None:
    page = tab_without_scripts.open(sample_address + "policy/work/")
    assert not page.locator("div.overdue").is_visible()
    assert (
        f"If it is later than {_due_day():%b %-d, %Y}, this page is overdue"
        in page.locator("article").inner_text()
    )


def test_a_page_that_is_opened_from_a_disk_gives_the_day_to_compare(tab: Tab, sample_site: Path) -> None:
    """A browser runs no module there, as in the pages of an audit pack."""
    page = tab.open((sample_site / "policy" / "work" / "index.html").as_uri())
    expect(page.locator(".overdue--unsure")).to_be_visible(timeout=10_000)
    tab.errors.clear()  # The browser says that it refused the modules.


def _dashboard(page: Page) -> dict[str, str]:
    """Return what the dashboard says as a whole, in its picture, of one owner, and of one page."""
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
    return {name: " ".join(text.split()) for name, text in shown.items()}


def _dashboard_on(tab: Tab, address: str, moment: str) -> dict[str, str]:
    return _dashboard(tab.open(address + "audit/reviews/", moment=moment))


def test_the_dashboard_counts_the_pages_on_the_day_of_reading(tab: Tab, sample_address: str) -> None:
    due, pages = "2027-02-20", len(list((ROOT / "docs" / "platforms").glob("*.md")))
    before = _dashboard_on(tab, sample_address, "2027-01-21T12:00:00-05:00")
    assert before["counted"] == "Counted on Jan 21, 2027."
    assert before["page"].startswith("Facebook guidelines In order Feb 20, 2027")
    first = _dashboard_on(tab, sample_address, "2027-01-22T12:00:00-05:00")
    assert first["page"].startswith("Facebook guidelines Due soon")
    assert first["owner"] == f"Platform lead 0 {pages} 0 0 0 0 Calendar"
    last = _dashboard_on(tab, sample_address, f"{due}T23:30:00-05:00")
    assert last["page"].startswith("Facebook guidelines Due soon")
    after = _dashboard_on(tab, sample_address, "2027-02-21T00:30:00-05:00")
    assert after["page"].startswith("Facebook guidelines Overdue")
    assert after["owner"] == f"Platform lead 0 0 0 {pages} 0 0 Calendar"
    assert "Overdue 0" in before["picture"]
    assert "Overdue 0" not in after["picture"]
    assert after["bars"] != before["bars"]


def test_without_scripts_the_dashboard_says_as_of_which_day_it_counted(
    tab_without_scripts: Tab, sample_address: str
) -> None:
    shown = _dashboard(tab_without_scripts.open(sample_address + "audit/reviews/"))
    assert shown["counted"].startswith("Counted on Nov 20, 2026. Pages may have become due since.")
    assert shown["page"] == "Facebook guidelines In order Feb 20, 2027 Nov 20, 2026 Platform lead"
    pages = len(list((ROOT / "docs" / "platforms").glob("*.md")))
    assert shown["owner"] == f"Platform lead {pages} 0 0 0 0 0 Calendar"


@pytest.mark.parametrize("key", ["Enter", " "])
@pytest.mark.parametrize("name", ["Menu", "Search"])
def test_menu_and_search_open_and_close_by_keyboard_on_a_phone(
    tab: Tab, sample_address: str, name: str, key: str
) -> None:
    page = tab.open(f"{sample_address}policy/work/", width=360)
    word = page.locator("header summary", has_text=name)
    panel = page.locator(f"header details:has(summary:text-is('{name}')) > :not(summary)")
    word.press(key)
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(word).to_be_focused()


def test_the_menu_closes_when_the_focus_leaves_it(tab: Tab, sample_address: str) -> None:
    page = tab.open(f"{sample_address}policy/work/", width=360)
    page.locator("header summary", has_text="Menu").press("Enter")
    page.locator(".menu a").last.focus()
    page.keyboard.press("Tab")
    expect(page.locator(".menu")).to_be_hidden()
    assert page.evaluate("document.activeElement.getBoundingClientRect().top >= 0")


def test_without_scripts_the_menu_opens(tab_without_scripts: Tab, sample_address: str) -> None:
    page = tab_without_scripts.open(f"{sample_address}policy/work/", width=360)
    page.locator("header summary", has_text="Menu").click()
    page.locator(".menu").get_by_role("link", name="Crisis").click()
    assert page.url == f"{sample_address}practice/crisis/"


def test_a_reader_chooses_colors_for_good(tab: Tab, sample_address: str) -> None:
    page = tab.open(sample_address)
    button = page.locator("footer button")
    expect(button).to_have_text("Use dark colors")
    button.click()
    expect(button).to_have_text("Use light colors")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 31)"
    assert page.evaluate("localStorage.getItem('scheme')") == "dark"


@pytest.mark.parametrize(
    ("day", "state"), [("2027-02-20", "Due soon"), ("2027-02-21", "Overdue"), ("2026-11-21", "In order")]
)
def test_the_register_gives_states_of_the_day_of_reading(
    tab: Tab, sample_address: str, day: str, state: str
) -> None:
    page = tab.open(sample_address + "audit/register/", moment=f"{day}T12:00:00-05:00")
    row = page.locator(".reviews__page", has_text="Facebook guidelines")
    assert row.locator(".reviews__state").inner_text() == state
    assert page.locator(".reviews__day").get_attribute("datetime") == day
    assert not page.locator(".reviews__stale").is_visible()
