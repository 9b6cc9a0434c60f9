"""The search as people use it: asked in their words, by keyboard, on a phone, and by a link."""

import gzip
import json
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import Locator, Page, expect

from macros.search.index import Precedence, SearchContact, SearchPage, index_of
from macros.search.sections import sections_of
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
    expect(card.locator(".answer--fine")).to_have_text("Fine")
    _ask(page, "can my employer read my dms")
    card = page.locator("[data-search-results] ul > li", has_text="May my manager look through").first
    expect(card.locator(".answer--no")).to_have_text("No")


def test_who_finds_nothing_is_offered_whom_to_ask(tab: Tab, sample_address: str) -> None:
    page = tab.open(sample_address)
    _ask(page, "zzyzx")
    expect(page.locator(".search__contact")).to_contain_text("Social media lead, +1 555 0100")
    expect(page.get_by_role("status")).to_have_text("Nothing found")


def _mail(link: Locator) -> dict[str, str]:
    """Return what a link to a mailbox fills in, by the names of its parts."""
    address, _, query = str(link.get_attribute("href")).partition("?")
    return {"to": address, **dict(parse_qsl(query))}


@pytest.mark.parametrize(
    ("path", "word", "lines"),
    [
        ("policy/work/", "I did not find it", ["Page: Policy for work (/policy/work/)", "Edition: none"]),
        ("", "I did not find it", ["Page: Social media handbook (/)", "Edition: none"]),
        ("fr/", "Je n’ai pas trouvé", ["(/fr/)", "Édition\u00a0: aucune"]),
    ],
)
def test_who_finds_nothing_can_write_what_they_looked_for(
    tab: Tab, sample_address: str, path: str, word: str, lines: list[str]
) -> None:
    page = tab.open(f"{sample_address}{path}?q=zzyzx %26 pay")
    link = page.locator("[data-search-results]").get_by_role("link", name=word)
    expect(link).to_be_visible()
    mail = _mail(link)
    assert (mail["to"], mail["subject"]) == ("mailto:social@example.org", word)
    assert all(line in mail["body"] for line in lines)
    assert mail["body"].endswith(": zzyzx & pay")
    page.locator("input[type=search]").fill("photo")
    expect(link).to_have_count(0)
    own = page.locator(".card").get_by_role("link", name=word)
    assert _mail(own)["body"] == mail["body"].removesuffix("zzyzx & pay")


def test_the_link_of_the_search_is_reached_by_keyboard(tab: Tab, sample_address: str) -> None:
    page = tab.open(f"{sample_address}policy/work/?q=zzyzx")
    link = page.locator("[data-search-results]").get_by_role("link", name="I did not find it")
    expect(link).to_be_visible()
    page.locator("input[type=search]").focus()
    for _ in range(4):  # The button, the contact, and its telephone come before it.
        page.keyboard.press("Tab")
    expect(link).to_be_focused()
    assert not [url for url in tab.requests if not url.startswith(sample_address)]
    assert_accessible(page)


def test_without_scripts_the_link_of_a_page_names_it(tab_without_scripts: Tab, sample_address: str) -> None:
    page = tab_without_scripts.open(f"{sample_address}policy/work/")
    link = page.get_by_role("link", name="I did not find it")
    box = link.bounding_box()
    assert box
    assert box["height"] >= 24
    assert _mail(link)["body"] == "Page: Policy for work (/policy/work/)\r\nEdition: none\r\nI looked for: "


def test_a_missing_page_says_which_address_is_missing(tab: Tab, sample_address: str) -> None:
    page = tab.open(f"{sample_address}404.html?q=zzyzx")
    assert _mail(page.locator(".card .inbox"))["body"].endswith("I looked for: /404.html ")
    results = page.locator("[data-search-results] .inbox")
    expect(results).to_be_visible()
    assert _mail(results)["body"].endswith("I looked for: /404.html zzyzx")


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


def _best(page: Page, question: str, *pages: SearchPage) -> list[str]:
    """Return the addresses of pages in the order in which the search of a site shows them for a question."""
    index = json.loads(
        index_of(pages, [SearchContact("Desk", None, "desk@example.org", "", [])], "en")[".json"]
    )
    script = str(page.locator("script[type=module]").first.evaluate("script => script.src"))
    addresses: list[str] = page.evaluate(
        "async ([script, index, question]) => { const { answer, prepare } = await import(script);"
        " return answer(prepare(index), question).pages.map(({ page }) => page.address) }",
        [script.rpartition("/")[0] + "/search_answers.js", index, question],
    )
    return addresses


def _page(address: str, place: Precedence, *texts: str) -> SearchPage:
    html = "".join(f"<h2 id=a{number}>Part</h2><p>{text}</p>" for number, text in enumerate(texts))
    return SearchPage(address, "Page", "Line.", "en", place, sections_of(html))


def test_a_second_list_of_cards_leaves_its_place_to_another_page(tab: Tab, sample_address: str) -> None:
    page = tab.open(sample_address)
    lists = [_page(address, Precedence.CARDS, "A pension and a car.") for address in ("a/", "b/")]
    other = _page("c/", Precedence.GENERAL, "A pension and a car.")
    assert _best(page, "pension", *lists, other) == ["a/", "c/", "b/"]
    assert _best(page, "pension", *lists, _page("c/", Precedence.GENERAL, "A car.")) == ["a/", "b/"]


def test_many_cards_on_a_subject_say_less_than_many_parts_of_a_page(tab: Tab, sample_address: str) -> None:
    page = tab.open(sample_address)
    texts = ("A pension.", "A pension.", "A pension.")
    cards, other = (_page(*each, *texts) for each in (("a/", Precedence.CARDS), ("b/", Precedence.GENERAL)))
    assert _best(page, "pension", cards, other) == ["b/", "a/"]


@pytest.mark.parametrize("question", ["l\u02bcalto", "al\u00adto", "qu’\u200balto"])
def test_no_apostrophe_and_nothing_unseen_hides_a_word(tab: Tab, sample_address: str, question: str) -> None:
    addresses = _best(
        tab.open(sample_address), question, _page("a/", Precedence.GENERAL, "The al\u00adto sings.")
    )
    assert addresses == ["a/"]


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


def test_who_comes_back_from_a_result_finds_the_question_and_its_answers(
    tab: Tab, sample_address: str
) -> None:
    page = tab.open(f"{sample_address}policy/work/")
    page.locator(".disclosure--search summary").click()
    _ask(page, "birthday picture")
    page.locator(".search__page").first.click()
    page.wait_for_url("**/law/photos/")
    assert "birthday" not in page.url
    page.go_back()
    expect(page.locator("input[type=search]")).to_have_value("birthday picture")
    expect(page.locator(".search__page").first).to_have_text("Photos and location")
    page.reload()
    expect(page.locator("input[type=search]")).to_have_value("")


@pytest.mark.parametrize("file", ["**/search.js", "**/search/en.json"])
def test_a_search_that_cannot_be_loaded_says_so_and_is_tried_again_with_the_next_letter(
    tab: Tab, sample_address: str, file: str
) -> None:
    page = tab.open(sample_address)
    page.route(file, lambda route: route.abort())
    page.locator("input[type=search]").press_sequentially("phot")
    expect(page.get_by_role("alert")).to_contain_text("cannot be reached")
    page.unroute(file)
    assert all("Failed to load" in error for error in tab.errors)
    tab.errors.clear()
    page.locator("input[type=search]").press_sequentially("o")
    expect(page.locator(".search__page").first).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
