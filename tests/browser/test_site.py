"""What only a browser knows, on every page of the sample."""

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from playwright.sync_api import FloatRect, Page, expect

from handbook.content.pages import PageSource, read_page
from scripts.site.publication import read_handbook
from tests.browser.accessibility import ALL_WIDTHS, assert_accessible, assert_in_order, in_every_state
from tests.browser.conftest import Tab
from tests.conftest import ROOT


def _address(path: str) -> str:
    """Return the address of a page below the site's."""
    name = path.removeprefix("docs/").removesuffix(".md").removesuffix("index").rstrip("/")
    return f"{name}/" if name else ""


# The pages that the sample publishes: those of other fields are not on its site.
_IN_EVERY_LANGUAGE = read_handbook(ROOT)[0].pages
_PUBLISHED = [page for page in _IN_EVERY_LANGUAGE if page.language == "en"]
PAGES = sorted(_address(page.path) for page in _PUBLISHED)
PAGES += ["fr/", "fr/policy/work/", "fr/audit/reviews/", "404.html"]


# Counts the headings of French pages that are in English, and returns where one of these texts is
# elsewhere on such a page as if it were French. The title of a window has two languages, and cannot say so.
UNMARKED = """async paths => {
  const parse = async path => new DOMParser().parseFromString(await (await fetch(path)).text(), "text/html")
  const pages = await Promise.all(paths.map(parse))
  const text = element => element.textContent.replace("¶", "").trim()
  const inEnglish = "[lang=en] :is(h1, h2, h3), a[lang=en]"
  const textsOf = selector => pages.flatMap(page => [...page.querySelectorAll(selector)]).map(text)
  // Some words are the same in both languages.
  const inBoth = new Set(textsOf("[lang=fr] :is(h1, h2, h3)"))
  const headings = new Set(textsOf(inEnglish).filter(heading => !inBoth.has(heading)))
  const unmarked = pages.flatMap((page, place) => [...page.querySelectorAll("body *")]
    .filter(element => !element.children.length && headings.has(text(element)))
    .filter(element => element.closest("[lang]").lang !== "en")
    .map(element => `${paths[place]}: ${element.outerHTML}`))
  return [headings.size, unmarked]
}"""


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_no_other_host_logs_no_error_and_is_accessible(
    tab: Tab, sample_address: str, path: str
) -> None:
    page = tab.open(sample_address + path)
    for state in in_every_state(page):
        assert_accessible(page, state)
    assert_in_order(page)
    assert [url for url in tab.requests if not url.startswith((sample_address, "data:", "blob:"))] == []
    assert tab.errors == []


@pytest.mark.parametrize("path", ["", "fr/policy/work/", "practice/crisis/", "resources/library/"])
def test_a_page_is_accessible_at_every_width(tab: Tab, sample_address: str, path: str) -> None:
    page = tab.open(sample_address + path)
    for state in in_every_state(page, ALL_WIDTHS):
        assert_accessible(page, state)


def test_no_two_pages_of_a_language_have_the_same_title(tab: Tab, sample_address: str) -> None:
    page = tab.open(sample_address)
    titles = page.evaluate(
        """paths => Promise.all(paths.map(async path => {
          const text = await (await fetch(path)).text()
          return new DOMParser().parseFromString(text, "text/html").title
        }))""",
        [path for path in PAGES if not path.startswith("fr/")],
    )
    tab.errors.clear()
    assert sorted(title for title in set(titles) if titles.count(title) > 1) == []


def test_what_nobody_translated_is_said_in_its_language(tab: Tab, sample_address: str) -> None:
    """In the menu, on a phone, and in the contents: a heading in English says so on every French page."""
    page = tab.open(f"{sample_address}fr/")
    pages = [f"/fr/{path}" for path in PAGES if path != "404.html" and not path.startswith("fr/")]
    headings, unmarked = page.evaluate(UNMARKED, pages)
    assert headings > 0
    assert unmarked == []


def test_an_answer_in_another_language_says_so(tab: Tab, sample_address: str) -> None:
    page = tab.open(f"{sample_address}fr/?q=rules+on+wording")
    expect(page.locator(".search__page[href*='/contributing/wording/']")).to_have_attribute("lang", "en")


# What begins with a sign.
SIGNS = (".header__signs", ".glance__title", ".answer", ".emergency__title")
BAR = "bar => [getComputedStyle(bar).backgroundColor, getComputedStyle(document.body).backgroundColor]"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_signs_and_controls_are_drawn_in_the_colors_of_the_system(
    tab: Tab, sample_address: str, scheme: Literal["light", "dark"]
) -> None:
    seen = set()
    for path in ("policy/work/", "resources/scenarios/", "audit/reviews/"):
        page = tab.open(sample_address + path)
        page.emulate_media(forced_colors="active", color_scheme=scheme)
        for sign in SIGNS:
            if page.locator(sign).count():
                seen.add(sign)
                assert _colors_of(page, sign) > 1, sign
        assert_accessible(page, f"forced, {path}")
    bar, paper = page.locator(".reviews__bar").first.evaluate(BAR)
    assert bar != paper
    assert seen == set(SIGNS)


def _colors_of(page: Page, sign: str) -> int:
    """Return how many colors there are at the beginning of an element, where its sign is and no text yet."""
    element = page.locator(sign).first
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    assert box
    clip = FloatRect(x=box["x"], y=box["y"], width=box["height"] / 2, height=box["height"])
    picture = Image.open(io.BytesIO(page.screenshot(clip=clip)))
    return len(picture.convert("RGB").getcolors(1 << 20) or ())


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


def _pages_of_the_platform_lead() -> tuple[int, int]:
    """Return how many pages of an owner are due in six months, and how many in three."""
    intervals = [page.interval for page in _IN_EVERY_LANGUAGE if page.owner == "platform-lead"]
    return intervals.count(6), intervals.count(3)


def test_the_dashboard_counts_the_pages_on_the_day_of_reading(tab: Tab, sample_address: str) -> None:
    due, (later, pages) = "2027-02-20", _pages_of_the_platform_lead()
    before = _dashboard_on(tab, sample_address, "2027-01-21T12:00:00-05:00")
    assert before["counted"] == "Counted on Jan 21, 2027."
    assert before["page"].startswith("Facebook guidelines In order Feb 20, 2027")
    first = _dashboard_on(tab, sample_address, "2027-01-22T12:00:00-05:00")
    assert first["page"].startswith("Facebook guidelines Due soon")
    assert first["owner"] == f"Platform lead {later} {pages} 0 0 0 0 Calendar"
    last = _dashboard_on(tab, sample_address, f"{due}T23:30:00-05:00")
    assert last["page"].startswith("Facebook guidelines Due soon")
    after = _dashboard_on(tab, sample_address, "2027-02-21T00:30:00-05:00")
    assert after["page"].startswith("Facebook guidelines Overdue")
    assert after["owner"] == f"Platform lead {later} 0 0 {pages} 0 0 Calendar"
    assert "Overdue 0" in before["picture"]
    assert "Overdue 0" not in after["picture"]
    assert after["bars"] != before["bars"]


def test_without_scripts_the_dashboard_says_as_of_which_day_it_counted(
    tab_without_scripts: Tab, sample_address: str
) -> None:
    shown = _dashboard(tab_without_scripts.open(sample_address + "audit/reviews/"))
    assert shown["counted"].startswith("Counted on Nov 20, 2026. Pages may have become due since.")
    assert shown["page"] == "Facebook guidelines In order Feb 20, 2027 Nov 20, 2026 Platform lead"
    assert shown["owner"] == f"Platform lead {sum(_pages_of_the_platform_lead())} 0 0 0 0 0 Calendar"


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
    expect(row.locator(".reviews__state")).to_have_text(state)
    assert page.locator(".reviews__day").get_attribute("datetime") == day
    assert not page.locator(".reviews__stale").is_visible()


# What a reader may set for themselves. Source: WCAG 2.2, 1.4.12.
SPACING = """
* { letter-spacing: 0.12em !important; line-height: 1.5 !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }
"""


@pytest.mark.parametrize("path", ["", "policy/work/", "platforms/", "fr/", "fr/practice/crisis/"])
def test_with_more_space_between_letters_a_page_still_fits_on_a_phone(
    tab: Tab, sample_address: str, path: str
) -> None:
    page = tab.open(sample_address + path, width=320)
    page.add_style_tag(content=SPACING)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_table_that_scrolls_has_the_name_of_its_caption(tab: Tab, sample_address: str) -> None:
    page = tab.open(f"{sample_address}audit/reviews/", width=320)
    expect(page.get_by_role("region", name="Pages by owner")).to_be_visible()
    assert page.get_by_role("region", name="Scrolls sideways").locator("caption").count() == 0


def test_a_time_zone_that_the_browser_does_not_know_leaves_the_day_of_the_device(
    tab: Tab, sample_address: str
) -> None:
    page = tab.open(sample_address)
    days = page.evaluate(
        """async () => {
          const { today } = await import(new URL("dom.js", document.querySelector("script[type=module]").src))
          return ["Europe/Newtown", "America/New_York"].map(today)
        }"""
    )
    assert days == ["2026-11-20", "2026-11-20"]
