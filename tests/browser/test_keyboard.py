"""By keyboard alone, on a phone and on a desk: each control is reached, seen while focused, and used."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Tab

MOST_STOPS = 400
PAGES = ("", "policy/work/", "practice/crisis/", "resources/scenarios/", "platforms/facts/", "fr/")
# What has the focus is in the window, and nothing covers it: in its middle is nothing but itself.
FOCUS = """() => {
  const element = document.activeElement
  if (!element || element === document.body) return null
  const isSeen = [...element.getClientRects()].some(({ x, y, width, height }) => {
    const hit = document.elementFromPoint(x + width / 2, y + height / 2)
    return hit && (element.contains(hit) || hit.closest("label")?.control === element)
  })
  const isNew = window.stops && stops.size < stops.add(element).size
  return [isSeen, element.outerHTML.slice(0, 120), isNew]
}"""
each_width = pytest.mark.parametrize("width", [360, 1280])


def _stops(page: Page, key: str) -> Iterator[tuple[bool, str]]:
    """Press a key until the focus leaves the page or comes round; yield whether each stop is seen."""
    page.evaluate("window.stops = new Set()")
    for _ in range(MOST_STOPS):
        page.keyboard.press(key)
        stop = page.evaluate(FOCUS)
        if stop is None or not stop[2]:
            return
        yield bool(stop[0]), str(stop[1])
    raise AssertionError(f"{MOST_STOPS} stops, and no end")


@each_width
@pytest.mark.parametrize("path", PAGES)
def test_the_focus_is_never_hidden(tab: Tab, sample_address: str, path: str, width: int) -> None:
    page = tab.open(sample_address + path, width)
    forth = list(_stops(page, "Tab"))
    assert [element for is_seen, element in forth if not is_seen] == []
    page.locator("footer a, footer button").last.focus()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    back = list(_stops(page, "Shift+Tab"))
    assert [element for is_seen, element in back if not is_seen] == []
    assert len(forth) - len(back) in (0, 1)  # The way back begins on the last stop.


@each_width
def test_the_first_stop_leads_to_the_text(tab: Tab, sample_address: str, width: int) -> None:
    page = tab.open(f"{sample_address}policy/work/", width)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


@each_width
def test_the_menu_leads_to_a_page_and_names_the_present_one(
    tab: Tab, sample_address: str, width: int
) -> None:
    page = tab.open(f"{sample_address}policy/work/", width)
    _tab_to(page, ".disclosure--menu summary")
    page.keyboard.press("Enter")
    seen = []
    while "menu__" in str(page.evaluate("document.activeElement.closest('details').innerHTML")):
        page.keyboard.press("Tab")
        is_seen, element, _ = page.evaluate(FOCUS)
        seen.append((is_seen, element))
        if 'href="../../practice/crisis/"' in element:
            break
    assert [element for is_seen, element in seen if not is_seen] == []
    assert page.locator(".menu [aria-current=page]").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url("**/practice/crisis/")


@each_width
@pytest.mark.parametrize("kind", ["menu", "search"])
def test_esc_closes_and_gives_the_focus_back(tab: Tab, sample_address: str, kind: str, width: int) -> None:
    page = tab.open(f"{sample_address}policy/work/", width)
    word, panel = f".disclosure--{kind} summary", page.locator(f".disclosure--{kind} .disclosure__panel")
    _tab_to(page, word)
    page.keyboard.press("Space")
    expect(panel).to_be_visible()
    if kind == "menu":
        page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator(word)).to_be_focused()


@each_width
def test_the_search_is_used_by_keyboard(tab: Tab, sample_address: str, width: int) -> None:
    page = tab.open(f"{sample_address}policy/work/", width)
    _tab_to(page, ".disclosure--search summary")
    page.keyboard.press("Enter")
    expect(page.locator(".search__field")).to_be_focused()
    page.keyboard.type("crisis")
    expect(page.locator(".search__page").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    is_seen, element, _ = page.evaluate(FOCUS)
    assert is_seen, element
    page.keyboard.press("Enter")
    page.wait_for_url("**/practice/crisis/**")


def test_text_that_is_pasted_is_searched(tab: Tab, sample_address: str) -> None:
    page = tab.open(sample_address)
    page.locator(".search__field").focus()
    expect(page.locator(".search__count")).to_be_attached()
    page.keyboard.insert_text("May I post a photo from a class?")
    expect(page.locator(".search__page").first).to_be_visible()


@each_width
def test_the_language_is_changed_by_keyboard(tab: Tab, sample_address: str, width: int) -> None:
    page = tab.open(sample_address, width)
    _tab_to(page, ".header__language")
    assert page.evaluate("document.activeElement.lang") == "fr"
    page.keyboard.press("Enter")
    page.wait_for_url("**/fr/")
    assert page.evaluate("document.documentElement.lang") == "fr"


@each_width
def test_the_colors_are_changed_by_keyboard(tab: Tab, sample_address: str, width: int) -> None:
    page = tab.open(f"{sample_address}policy/work/", width)
    _tab_to(page, ".footer__scheme")
    page.keyboard.press("Space")
    assert page.evaluate("document.documentElement.dataset.scheme") == "dark"
    expect(page.locator(".footer__scheme")).to_be_focused()


@each_width
def test_the_contents_lead_to_a_heading(tab: Tab, sample_address: str, width: int) -> None:
    page = tab.open(f"{sample_address}practice/crisis/", width)
    _tab_to(page, ".contents summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    target = str(page.evaluate("document.activeElement.hash"))
    page.keyboard.press("Enter")
    heading = page.locator(f"[id='{target[1:]}']")
    expect(heading).to_be_in_viewport()
    strip = page.locator(".emergency").bounding_box()
    place = heading.bounding_box()
    assert strip
    assert place
    assert place["y"] >= strip["y"] + strip["height"]


@each_width
def test_a_decision_is_taken_by_keyboard(tab: Tab, sample_address: str, width: int) -> None:
    page = tab.open(f"{sample_address}practice/how-to-answer/", width)
    expect(page.locator(".decision--stepwise")).to_be_visible()  # Its script comes after the page.
    _tab_to(page, ".decision__answers a")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('.decision__step h3')")
    is_seen, element, _ = page.evaluate(FOCUS)
    assert is_seen, element
    assert page.locator(".decision__trail li").count() == 1


@each_width
def test_scenarios_are_filtered_by_keyboard(tab: Tab, sample_address: str, width: int) -> None:
    page = tab.open(f"{sample_address}resources/scenarios/", width)
    count = page.locator(".scenarios [role=status]")
    before = count.inner_text()
    _tab_to(page, ".scenarios input")
    page.keyboard.type("birthday")
    expect(count).not_to_have_text(before)
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    expect(count).to_have_text(before)
    _tab_to(page, ".scenarios button")
    page.keyboard.press("Space")
    expect(count).not_to_have_text(before)


@each_width
def test_details_open_by_keyboard(tab: Tab, sample_address: str, width: int) -> None:
    page = tab.open(f"{sample_address}policy/work/", width)
    _tab_to(page, "details.history summary")
    page.keyboard.press("Enter")
    expect(page.locator("details.history ul")).to_be_visible()


@each_width
def test_a_group_of_the_footer_opens_by_keyboard(tab: Tab, sample_address: str, width: int) -> None:
    page = tab.open(f"{sample_address}policy/work/", width)
    link = page.locator(".footer").get_by_role("link", name="Audit pack")
    expect(link).to_be_hidden()
    page.locator(".footer summary", has_text="For auditors").focus()
    page.keyboard.press("Enter")
    expect(link).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Register of pages"


def test_the_footer_is_short_on_a_phone_and_opens_without_scripts(
    tab_without_scripts: Tab, sample_address: str
) -> None:
    page = tab_without_scripts.open(f"{sample_address}policy/work/", width=360)
    assert page.locator(".footer").bounding_box()["height"] < 400  # type: ignore[index]
    page.locator(".footer").get_by_text("Forms", exact=True).click()
    page.locator(".footer").get_by_role("link", name="Incidents").click()
    assert page.url == f"{sample_address}resources/forms/incidents/"
