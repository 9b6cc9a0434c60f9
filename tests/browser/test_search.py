"""The search as people use it: asked in their words, by keyboard, on a phone, and by a link."""

import gzip

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import WIDTHS, assert_accessible
from tests.browser.conftest import Tab


def _ask(page: Page, question: str) -> None:
    page.locator("input[type=search]").fill(question)
    expect(page.locator("[data-search-results] :is(li, .search__contact a)").first).to_be_visible()


def test_nothing_is_loaded_before_the_field_is_used(tab: Tab, sample_address: str) -> None:
    page = tab.open(sample_address)
    page.wait_for_load_state("networkidle")
    assert not [url for url in tab.requests if "search" in url]
    page.locator("input[type=search]").focus()
    expect(page.locator(".search__count")).to_be_attached()
    assert len([url for url in tab.requests if "search" in url]) == 3  # Two scripts and one index.


@pytest.mark.parametrize("question", ["birthday picture", "birthday pictures", "brithday picture"])
def test_forms_and_typing_errors_find_the_same(tab: Tab, sample_address: str, question: str) -> None:
    page = tab.open(sample_address)
    _ask(page, question)
    expect(page.locator(".search__page").first).to_have_text("Photos and location")


def test_a_result_shows_the_answer_with_its_sign(tab: Tab, sample_address: str) -> None:
    page = tab.open(sample_address)
    _ask(page, "journalist writes to me")
    card = page.locator("[data-search-results] ul > li", has_text="A journalist writes to me").first
    expect(card.locator(".answer--fine")).to_have_text("You may")


def test_who_finds_nothing_is_offered_whom_to_ask(tab: Tab, sample_address: str) -> None:
    page = tab.open(sample_address)
    _ask(page, "zzyzx")
    expect(page.locator(".search__contact")).to_contain_text("Social media lead, +1 555 0100")
    expect(page.get_by_role("status")).to_have_text("Nothing found")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", ["", "policy/work/"])
def test_a_link_asks_a_question_and_the_arrows_go_through_the_answers(
    tab: Tab, sample_address: str, path: str, width: int
) -> None:
    page = tab.open(f"{sample_address}{path}?q=crisis", width)
    expect(page.locator(".search__page").first).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Pages found")
    assert_accessible(page)
    field = page.locator("input[type=search]")
    field.press("ArrowDown")
    expect(page.locator(".search__page").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()


def test_pages_about_the_handbook_answer_who_asks_for_them(tab: Tab, sample_address: str) -> None:
    page = tab.open(sample_address)
    _ask(page, "audit pack")
    expect(page.locator(".search__page").first).to_have_text("Audit pack")


def test_without_scripts_the_search_leads_to_a_page(tab_without_scripts: Tab, sample_address: str) -> None:
    page = tab_without_scripts.open(sample_address)
    page.locator("input[type=search]").fill("photo")
    page.locator("input[type=search]").press("Enter")
    assert page.url.endswith("?q=photo")
    assert page.locator("h1").count() == 1


def test_who_loses_the_connection_is_told(tab: Tab, sample_address: str) -> None:
    page = tab.open(sample_address)
    _ask(page, "photo")
    page.route("**/search/**", lambda route: route.abort())
    page.locator("input[type=search]").fill("salary")
    expect(page.get_by_role("status")).to_contain_text("cannot be reached")
    page.unroute("**/search/**")
    assert all("Failed to load" in error for error in tab.errors)
    tab.errors.clear()
    _ask(page, "salaries")
    expect(page.get_by_role("status")).to_contain_text("Pages found")


def test_an_answer_weighs_little(tab: Tab, sample_address: str) -> None:
    page = tab.open(sample_address)
    page.wait_for_load_state("networkidle")
    weights: list[int] = []
    page.on("response", lambda response: weights.append(len(gzip.compress(response.body()))))
    _ask(page, "may I post a photo of a child")
    page.wait_for_load_state("networkidle")
    assert sum(weights) < 100_000
