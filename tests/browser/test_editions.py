"""What only a browser knows of editions: what a reader of each is told on the day of reading."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from scripts.development.served_site import served
from tests.browser.accessibility import assert_accessible, in_every_state
from tests.browser.conftest import Tab
from tests.scripts.conftest import Git, later_repository


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The branch with 2026.1, in force from 20 November 2026, and 2026.2, from 1 January 2027."""
    site = tmp_path_factory.mktemp("editions")
    repository = later_repository(tmp_path_factory)
    Git(site)("pull", "--quiet", repository.as_uri(), "gh-pages")
    with served(site) as address:
        yield address


def _open(tab: Tab, address: str, day: str) -> Page:
    """Open a page at noon of a day where the organization is."""
    return tab.open(address, moment=f"{day}T12:00:00-05:00")


@pytest.mark.parametrize(
    ("edition", "day"), [("2026.1", "2026-12-31"), ("latest", "2026-12-31"), ("2026.2", "2027-01-01")]
)
def test_a_reader_of_the_edition_in_force_is_told_of_no_other(
    tab: Tab, address: str, edition: str, day: str
) -> None:
    page = _open(tab, f"{address}{edition}/other/", day)
    page.wait_for_load_state("networkidle")  # The list of editions is read, whatever comes of it.
    assert any(request.endswith("/editions/editions.json") for request in tab.requests)
    assert not page.locator(".other-edition").is_visible()


@pytest.mark.parametrize(
    ("edition", "day", "sentence", "leads_to"),
    [
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
    tab: Tab, address: str, edition: str, day: str, sentence: str, leads_to: str
) -> None:
    page = _open(tab, f"{address}{edition}/other/", day)
    banner = page.locator(".other-edition")
    expect(banner).to_be_visible()
    assert banner.inner_text() == sentence
    banner.get_by_role("link").click()
    page.wait_for_url(f"{address}{leads_to}")
    assert not page.locator(".other-edition").is_visible()


@pytest.mark.parametrize("path", ["editions/", "editions/fr/", "2026.2/other/", "2026.1/fr/"])
def test_the_list_and_the_banner_are_accessible(tab: Tab, address: str, path: str) -> None:
    page = _open(tab, address + path, "2026-12-01")
    page.wait_for_load_state("networkidle")
    for state in in_every_state(page):
        assert_accessible(page, state)


def test_the_list_says_how_each_edition_stands_and_answers_for_a_day(tab: Tab, address: str) -> None:
    page = _open(tab, f"{address}editions/", "2026-12-31")
    expect(page.locator("tr .state")).to_have_text(["Not in force yet", "In force today"])
    answer = page.get_by_role("status")
    page.get_by_label("Day").fill("2027-03-03")
    page.get_by_role("button", name="Show").click()
    assert answer.inner_text() == "Mar 3, 2027: edition 2026.2 is in force."
    assert answer.get_by_role("link").get_attribute("href") == "../2026.2/"
    page.get_by_label("Day").fill("2026-11-19")
    page.get_by_role("button", name="Show").click()
    assert answer.inner_text() == "Nov 19, 2026: no edition is in force."
    page = _open(tab, f"{address}editions/", "2027-01-01")
    expect(page.locator("tr .state")).to_have_text(["In force today", "No longer in force"])


def test_without_scripts_a_reader_of_an_old_edition_finds_the_days_of_each(
    tab_without_scripts: Tab, address: str
) -> None:
    page = tab_without_scripts.open(f"{address}2026.1/other/")
    page.get_by_role("link", name="all editions").click()
    assert page.url == f"{address}editions/"
    assert "Nov 20, 2026 to Dec 31, 2026, then 2026.2" in page.locator("table").inner_text()
    assert not page.locator("form").is_visible()
    assert not page.locator(".state").first.is_visible()


def test_the_start_of_the_branch_leads_to_the_edition_in_force(tab: Tab, address: str) -> None:
    page = _open(tab, address, "2026-12-01")
    page.wait_for_url(f"{address}latest/")


def test_a_day_that_no_list_can_answer_for_is_refused_by_the_field(tab: Tab, address: str) -> None:
    page = _open(tab, f"{address}editions/", "2026-12-31")
    field = page.get_by_label("Day")
    expect(field).to_be_visible()
    for day in ("12026-01-01", ""):
        field.evaluate("(field, day) => { field.value = day }", day)
        page.get_by_role("button", name="Show").click()
        assert not field.evaluate("field => field.validity.valid")
    expect(page.get_by_role("status")).to_be_empty()


def test_a_list_that_is_newer_than_the_page_is_read(tab: Tab, address: str) -> None:
    page = _open(tab, "about:blank", "2027-01-01")

    def without_the_newest(route: Route) -> None:
        text = route.fetch().text()
        route.fulfill(body=re.sub(r'<tr data-edition="2026.2">.*', "", text), content_type="text/html")

    page.route(f"{address}editions/", without_the_newest)
    page.goto(f"{address}editions/")
    page.unroute(f"{address}editions/")
    expect(page.locator("tr .state")).to_have_text(["No longer in force"])
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("status")).to_have_text("Jan 1, 2027: edition 2026.2 is in force.")
