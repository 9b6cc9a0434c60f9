"""Decisions, scenarios and the library, as people use them: by keyboard, on a phone, without scripts."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from scripts.development.served_site import served
from tests.browser.accessibility import WIDTHS, assert_accessible, in_every_state
from tests.browser.conftest import Tab
from tests.builds import build_site
from tests.conftest import PAGE, ROOT, make_folder

MACROS = {
    "decision": '{{ decision("should-i-post") }}',
    "scenarios": "{{ scenarios() }}",
    "library": "{{ library() }}",
    "facts": "{{ policies() }}\n\n{{ regulations() }}\n\n{{ glossary() }}\n\n{{ sources() }}",
}
# Each page shows the scenarios that are mostly for its readers.
SHARED = {
    "resources/scenarios": '{{ scenarios(mostly_for="work") }}',
    "resources/personal-scenarios": '{{ scenarios(mostly_for=["personal", "managers"]) }}',
}
STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A handbook with a page for each macro."""
    folder = make_folder(tmp_path_factory.mktemp("components") / "handbook")
    shutil.copytree(ROOT / "tests" / "registers", folder / "registers", dirs_exist_ok=True)
    (folder / "docs" / "resources").mkdir()
    for name, macros in {**MACROS, **SHARED}.items():
        text = PAGE.replace("Text.", f"## Component\n\n{macros}\n")
        (folder / "docs" / f"{name}.md").write_text(text, encoding="utf-8")
        (folder / "docs" / f"{name}.fr.md").write_text(text, encoding="utf-8")
    with served(build_site(folder, folder.parent / "site")) as address:
        yield address


def _small_targets(page: Page) -> list[str]:
    """Return what is smaller than 24 pixels, links within a sentence aside."""
    components = "article :is(.component, .records, .folded, .glossary, .sources)"
    return list(
        page.eval_on_selector_all(
            f"{components} :is(a, button, input, select, summary)",
            "all => all.filter(one => one.offsetParent && getComputedStyle(one).display !== 'inline' &&"
            " Math.min(one.offsetHeight, one.offsetWidth) < 24).map(one => one.outerHTML)",
        )
    )


@pytest.mark.parametrize("path", [f"{start}{name}/" for start in ("", "fr/") for name in MACROS])
def test_a_component_is_accessible_fits_and_has_large_targets(tab: Tab, address: str, path: str) -> None:
    page = tab.open(address + path)
    for state in in_every_state(page):
        assert_accessible(page, state)
        assert _small_targets(page) == [], state


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", MACROS)
def test_without_scripts_everything_can_be_read(
    tab_without_scripts: Tab, address: str, name: str, width: int
) -> None:
    page = tab_without_scripts.open(f"{address}{name}/", width)
    for title in page.locator(".folded > summary").all():
        title.click()
    for text in {
        "decision": ["every fact is true?", "we promised to keep?", "Stop:", "Do not post it", "Start again"],
        "scenarios": [
            "birthday party",
            "Ask first",
            "Ask everyone",
            "too low",
            "Fine",
            "delete a post",
            "No",
        ],
        "library": ["Treasury Board", "Photos on the ward", "United Kingdom", "French", "Healthcare"],
        "facts": ["Privacy policy", "act together", "Never:", "house rules", "compared on"],
    }[name]:
        expect(page.locator("article .text").get_by_text(text).first).to_be_visible()
    assert page.locator(".filters").count() == 0


def test_without_scripts_a_topic_leads_to_its_scenarios(tab_without_scripts: Tab, address: str) -> None:
    page = tab_without_scripts.open(address + "scenarios/")
    page.get_by_role("link", name="Rights (2)").click()
    assert page.url.endswith("#cards-rights")
    expect(page.locator("#cards-rights .scenario")).to_have_count(2)


def test_a_link_to_a_rule_opens_it(tab: Tab, address: str) -> None:
    page = tab.open(f"{address}facts/#regulation-concerted-activity")
    assert page.locator(".folded[open] h3").all_inner_texts() == ["The right to act together"]
    page.evaluate("location.hash = 'policy-privacy'")
    expect(page.locator(".folded[open] h3")).to_have_text(["Privacy policy", "The right to act together"])


def test_without_scripts_an_answer_leads_to_the_next_question(tab_without_scripts: Tab, address: str) -> None:
    page = tab_without_scripts.open(address + "decision/")
    page.get_by_role("link", name="Yes", exact=True).first.click()
    assert page.url.endswith("#should-i-post--people")
    assert page.locator("#should-i-post--people").is_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_decision_is_made_by_keyboard_one_question_at_a_time(tab: Tab, address: str, width: int) -> None:
    page = tab.open(address + "decision/", width)
    steps = page.locator(".decision__step:visible")
    expect(steps).to_have_count(1)
    page.locator(".decision__step:visible a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#should-i-post--people")).to_be_focused()
    expect(steps).to_have_count(1)
    expect(page.locator(".decision__trail li")).to_have_text(["Do you know that every fact is true? Yes"])
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#should-i-post--result--consent")).to_be_focused()
    expect(steps).to_contain_text(["Ask first: Ask each person"])
    assert_accessible(page)
    page.get_by_role("link", name="Start again").press("Enter")
    expect(page.locator("#should-i-post--facts")).to_be_focused()
    expect(page.locator(".decision__trail li")).to_have_count(0)


def test_back_and_forward_go_through_a_decision_with_its_answers(tab: Tab, address: str) -> None:
    page = tab.open(address + "decision/")
    expect(page.locator(".decision--stepwise")).to_be_attached()
    page.get_by_role("link", name="Yes", exact=True).click()
    page.get_by_role("link", name="Nobody can be recognized").click()
    expect(page.locator(".decision__trail li")).to_have_count(2)
    page.go_back()
    expect(page.locator("#should-i-post--people")).to_be_visible()
    expect(page.locator(".decision__trail li")).to_have_count(1)
    page.go_back()
    expect(page.locator("#should-i-post--facts")).to_be_visible()
    expect(page.locator(".decision__trail li")).to_have_count(0)
    page.go_forward()
    page.go_forward()
    expect(page.locator("#should-i-post--private")).to_be_visible()
    expect(page.locator(".decision__trail li")).to_have_count(2)


def test_an_answer_can_be_taken_back_and_given_anew(tab: Tab, address: str) -> None:
    page = tab.open(address + "decision/")
    expect(page.locator(".decision--stepwise")).to_be_attached()
    page.get_by_role("link", name="Yes", exact=True).click()
    page.locator(".decision__trail").get_by_role("link", name="Do you know").click()
    expect(page.locator("#should-i-post--facts")).to_be_focused()
    page.get_by_role("link", name="No", exact=True).click()
    expect(page.locator("#should-i-post--result--check")).to_be_focused()
    expect(page.locator(".decision__trail li")).to_have_text(["Do you know that every fact is true? No"])


def test_an_address_leads_to_one_question_of_a_decision(tab: Tab, address: str) -> None:
    page = tab.open(address + "decision/#should-i-post--people")
    expect(page.locator(".decision__step:visible h3")).to_have_text(
        "Has everyone who can be recognized agreed?"
    )


def test_in_print_a_decision_is_whole_and_filters_are_gone(tab: Tab, address: str) -> None:
    page = tab.open(address + "decision/")
    page.emulate_media(media="print")
    expect(page.locator(".decision__step:visible")).to_have_count(7)
    page = tab.open(address + "scenarios/")
    page.emulate_media(media="print")
    expect(page.locator(".filters")).to_be_hidden()


@pytest.mark.parametrize("width", WIDTHS)
def test_scenarios_are_filtered_by_keyboard_and_counted(tab: Tab, address: str, width: int) -> None:
    page = tab.open(address + "scenarios/", width)
    cards, count = page.locator(".scenario:visible"), page.get_by_role("status")
    expect(count).to_have_text("3 of 3 shown")
    rights = page.get_by_role("button", name="Rights")
    rights.press("Enter")
    expect(rights).to_have_attribute("aria-pressed", "true")
    expect(count).to_have_text("2 of 3 shown")
    page.get_by_role("button", name="Managers").press(" ")
    expect(cards).to_have_count(1)
    expect(cards).to_contain_text("delete a post")
    assert_accessible(page)
    page.get_by_role("button", name="Photos").click()
    rights.click()
    expect(count).to_have_text("0 of 3 shown")
    page.get_by_role("button", name="Show all").press("Enter")
    expect(count).to_have_text("3 of 3 shown")
    expect(page.locator("[aria-pressed=true]")).to_have_count(0)


def test_scenarios_are_found_by_words_and_empty_topics_disappear(tab: Tab, address: str) -> None:
    page = tab.open(address + "scenarios/")
    expect(page.locator(".scenarios__part:visible")).to_have_count(2)
    search = page.get_by_role("searchbox", name="Search the cards")
    search.fill("PAY  low")
    expect(page.locator(".scenario:visible")).to_contain_text(["too low"])
    expect(page.locator(".scenarios__part:visible")).to_have_count(1)
    page.get_by_role("button", name="Show all").click()
    expect(search).to_have_value("")
    expect(page.locator(".scenarios__part:visible")).to_have_count(2)


@pytest.mark.parametrize(
    ("path", "typed", "shown"),
    [
        ("fr/scenarios/", "d'un anniversaire", "1 sur 3"),
        ("fr/scenarios/", "d’un anniversaire", "1 sur 3"),
        ("fr/scenarios/", "l'anniversaire", "0 sur 3"),
        ("scenarios/", '"birthday"', "1 of 3 shown"),
        ("scenarios/", "(birthday), party!", "1 of 3 shown"),
    ],
)
def test_words_are_found_with_any_apostrophe_and_between_any_marks(
    tab: Tab, address: str, path: str, typed: str, shown: str
) -> None:
    page = tab.open(address + path)
    page.locator(".filters").get_by_role("searchbox").fill(typed)
    expect(page.get_by_role("status")).to_have_text(shown)


def test_what_all_scenarios_are_for_is_no_button(tab: Tab, address: str) -> None:
    page = tab.open(address + "resources/personal-scenarios/")
    buttons = page.locator(".filters [aria-pressed]")
    expect(buttons).to_have_text(["Private life", "Managers", "Complaints"])
    page.get_by_role("button", name="Complaints").click()
    expect(page.get_by_role("status")).to_have_text("1 of 2 shown")


@pytest.mark.parametrize("width", WIDTHS)
def test_who_finds_no_scenario_is_offered_the_other_page(tab: Tab, address: str, width: int) -> None:
    page = tab.open(address + "resources/personal-scenarios/", width)
    count = page.get_by_role("status")
    expect(count.get_by_role("link")).to_have_count(0)
    page.get_by_role("searchbox").fill("birthday")
    expect(count).to_have_text("0 of 2 shown · Not here? See: A page")
    expect(page.get_by_text("Not here?").locator("visible=true")).to_have_count(1)
    assert_accessible(page)
    count.get_by_role("link").click()
    expect(page).to_have_url(address + "resources/scenarios/")


@pytest.mark.parametrize("place", ["scenario-pay-talk", "cards-rights"])
def test_an_old_address_leads_to_the_page_on_which_a_scenario_is_now(
    tab: Tab, address: str, place: str
) -> None:
    page = tab.open(f"{address}resources/scenarios/#{place}")
    expect(page).to_have_url(f"{address}resources/personal-scenarios/#{place}")
    expect(page.locator(f"#{place}")).to_be_in_viewport()
    page = tab.open(f"{address}fr/resources/personal-scenarios/#scenario-birthday-photo")
    expect(page).to_have_url(f"{address}fr/resources/scenarios/#scenario-birthday-photo")


def test_an_address_of_no_scenario_stays_where_it_is(tab: Tab, address: str) -> None:
    page = tab.open(f"{address}resources/scenarios/#scenario-gone")
    page.wait_for_load_state("networkidle")
    assert tab.requests.count(f"{address}resources/personal-scenarios/") == 1
    expect(page).to_have_url(f"{address}resources/scenarios/#scenario-gone")


def test_an_answer_has_a_word_and_a_shape(tab: Tab, address: str) -> None:
    page = tab.open(address + "scenarios/")
    shapes = page.eval_on_selector_all(
        ".answer",
        "all => all.map(one => { const style = getComputedStyle(one, '::before');"
        " return [one.innerText, style.clipPath, style.borderRadius, style.borderWidth].join() })",
    )
    assert len({shape.partition(",")[2] for shape in shapes}) == 3
    assert [shape.partition(",")[0] for shape in shapes] == ["Ask first", "Fine", "No"]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_library_is_searched_and_filtered_by_keyboard(tab: Tab, address: str, width: int) -> None:
    page = tab.open(address + "library/", width)
    rows, count = page.locator("tbody tr:visible"), page.get_by_role("status")
    search = page.get_by_role("searchbox", name="Search the examples")
    search.focus()
    page.keyboard.type("medias POLITIQUE")
    expect(rows).to_have_count(1)
    expect(count).to_have_text("1 of 3 shown")
    assert_accessible(page)
    search.fill("")
    page.get_by_label("Sector").focus()
    page.keyboard.type("Gov")
    expect(count).to_have_text("2 of 3 shown")
    page.get_by_label("Country").select_option("Canada")
    expect(rows).to_contain_text(["Treasury Board"])
    page.locator(".filters").get_by_label("Language").select_option("French")
    expect(count).to_have_text("0 of 3 shown")


@pytest.fixture(scope="module")
def strict_page(browser: Browser, address: str) -> Iterator[Page]:
    """A page whose policy lets no script run that is in the page itself."""

    def answer(route: Route) -> None:
        response = route.fetch()
        headers = {**response.headers, "content-security-policy": STRICT}
        route.fulfill(response=response, headers=headers)

    context = browser.new_context()
    page = context.new_page()
    for name in MACROS:
        page.route(f"{address}{name}/", answer)
    yield page
    context.close()


@pytest.mark.parametrize("name", MACROS)
def test_component_scripts_work_under_a_strict_policy(strict_page: Page, address: str, name: str) -> None:
    strict_page.goto(f"{address}{name}/", wait_until="load")
    if name != "facts":
        expect(strict_page.locator(".filters, .decision--stepwise")).to_have_count(1)


def test_a_page_without_components_loads_no_script_for_them(tab: Tab, address: str) -> None:
    tab.open(address + "other/").wait_for_load_state("networkidle")
    assert not [url for url in tab.requests if url.endswith(("decision.js", "scenarios.js", "library.js"))]


def test_the_script_of_a_decision_moves_nothing_that_is_seen(tab: Tab, sample_address: str) -> None:
    page = tab.open(f"{sample_address}practice/may-i-post/", width=412)
    page.locator(".decision--stepwise").first.wait_for()
    shift = page.evaluate(
        """new Promise((resolve) => {
          const sum = (list) => list.getEntries().reduce((before, { value }) => before + value, 0)
          const observer = new PerformanceObserver((list) => resolve(sum(list)))
          observer.observe({ type: "layout-shift", buffered: true })
          setTimeout(() => resolve(0), 300)
        })"""
    )
    assert shift == 0
