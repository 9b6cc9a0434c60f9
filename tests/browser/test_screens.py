"""How long pages for employees are on a phone: tables are stacked there, and macros filled in."""

from pathlib import Path
from typing import Final

from playwright.sync_api import Page

from tests.browser.conftest import Tab
from tests.page_lengths import employee_pages, is_list

# French takes an eighth more words than English to say the same.
MOST_SCREENS: Final = {"en": 8, "fr": 9}
PHONE: Final = 360
# In pixels, of a cell with its space above and below.
ONE_LINE: Final = 36
# A tab is 800 pixels high.
_SCREENS: Final = "document.querySelector('div.text').getBoundingClientRect().height / 800"


# A decision is imported after the page, and then shows one question at a time.
_IS_STEPWISE: Final = "!document.querySelector('.decision:not(.decision--stepwise)')"


def _most(path: str) -> int:
    return MOST_SCREENS["fr" if path.endswith(".fr.md") else "en"]


def _screens(page: Page) -> float:
    page.wait_for_function(_IS_STEPWISE)
    return round(float(page.evaluate(_SCREENS)), 1)


def test_no_page_for_employees_takes_more_than_eight_screens_of_a_phone(
    tab: Tab, sample_address: str, sample_site: Path
) -> None:
    pages = {path: file.relative_to(sample_site) for path, file in employee_pages(sample_site).items()}
    screens = {path: _screens(tab.open(f"{sample_address}{file}", PHONE)) for path, file in pages.items()}
    assert len(screens) > 50
    too_long = {path: height for path, height in screens.items() if height > _most(path)}
    # What is folded is not on the screen, but its words count.
    lists = {path for path in pages if is_list(path)} - {"docs/acknowledge.md", "docs/acknowledge.fr.md"}
    assert {path for path in too_long if is_list(path)} == lists
    assert {path: height for path, height in too_long.items() if not is_list(path)} == {}


def test_what_is_folded_takes_no_screens(tab: Tab, sample_address: str) -> None:
    page = tab.open(f"{sample_address}people/team/", PHONE)
    folded = _screens(page)
    page.locator("div.text details:not(.contents) > summary").first.click()
    assert _screens(page) > folded


def test_on_a_phone_a_cell_has_the_heading_of_its_column_in_its_first_line(
    tab: Tab, sample_address: str
) -> None:
    page = tab.open(f"{sample_address}policy/personal/", PHONE)
    box = page.locator("td[data-label='Free']", has_text="Post in your breaks.").bounding_box()
    assert box
    assert box["height"] < ONE_LINE
