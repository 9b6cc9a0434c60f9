"""What only a browser knows of the page on which readers accept the rules."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from handbook.acknowledgements.asked import FILE, Asked, read_asked
from handbook.acknowledgements.receipts import find_receipt, refuse_unfit
from scripts.development.served_site import served
from tests.acknowledged import acknowledged_repository
from tests.browser.accessibility import assert_accessible, in_every_state
from tests.browser.conftest import Tab
from tests.scripts.conftest import Git


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The branch of editions, as a web server has it."""
    site = tmp_path_factory.mktemp("acknowledged-site")
    Git(site)("pull", "--quiet", acknowledged_repository(tmp_path_factory).as_uri(), "gh-pages")
    return site


@pytest.fixture(scope="module")
def address(branch: Path) -> Iterator[str]:
    with served(branch) as address:
        yield address


def _group(page: Page, name: str = "everyone") -> Locator:
    """Open a group once its script runs, which may open it too, and return its section."""
    group = page.locator(f'.acknowledge__audience--followed[data-group="{name}"]')
    group.wait_for(state="attached")
    heading = page.locator(f"#{name}")
    if not heading.locator("xpath=ancestor::details").evaluate("details => details.open"):
        heading.click()
    return group


def _answer(group: Locator, letters: str, reply: str) -> str:
    """Answer each question, choose a reply, and return the receipt."""
    for question, letter in zip(group.locator(".acknowledge__question").all(), letters, strict=True):
        question.locator(f'input[value="{letter}"]').check()
    group.locator(f'input[value="{reply}"]').check()
    return group.locator(".acknowledge__line").input_value()


def _asked(branch: Path, edition: str) -> Asked:
    return read_asked((branch / edition / FILE).read_bytes(), edition)


@pytest.mark.parametrize(("path", "language"), [("2026.1/", "en"), ("2026.1/fr/", "fr")])
def test_the_receipt_of_an_edition_is_the_one_that_the_command_takes(
    tab: Tab, address: str, branch: Path, path: str, language: str
) -> None:
    page = tab.open(f"{address}{path}acknowledge/")
    receipt = find_receipt(_answer(_group(page), "fan", "accepted"))
    asked = _asked(branch, "2026.1")
    refuse_unfit(receipt, {"2026.1": asked})
    assert (receipt.language, receipt.reply, receipt.day.isoformat()) == (language, "accepted", "2026-11-20")
    assert receipt.score(asked.audiences["everyone"][language].right_answers) == 1
    assert not [request for request in tab.requests if not request.startswith(address)]


def test_the_first_answer_counts_and_each_answer_gets_its_reason(tab: Tab, address: str) -> None:
    page = tab.open(f"{address}2026.1/acknowledge/")
    question = _group(page).locator(".acknowledge__question").first
    assert not question.locator(".acknowledge__reason").is_visible()
    question.get_by_label("No", exact=True).check()
    expect(question.locator(".acknowledge__reason")).to_contain_text("Not quite. Fine. Because of one.")
    question.get_by_label("Fine", exact=True).check()
    expect(question.locator(".acknowledge__reason")).to_contain_text("Right.")
    assert find_receipt(_answer(_group(page), "faa", "accepted")).answers == "naa"


def test_a_receipt_is_there_once_everything_is_answered(tab: Tab, address: str) -> None:
    page = tab.open(f"{address}2026.1/acknowledge/")
    group = _group(page)
    expect(group.locator(".acknowledge__state")).to_have_text("Still to answer: 4")
    group.locator('input[value="accepted"]').check()
    expect(group.locator(".acknowledge__state")).to_have_text("Still to answer: 3")
    assert not group.locator(".acknowledge__receipt").is_visible()
    _answer(group, "fna", "accepted")
    expect(group.locator(".acknowledge__score")).to_have_text("Right answers: 3 of 3")
    assert group.locator(".acknowledge__receipt").is_visible()


@pytest.mark.parametrize("reply", ["declined", "exception"])
def test_who_does_not_accept_needs_no_answers_and_is_told_whom_to_ask(
    tab: Tab, address: str, reply: str
) -> None:
    group = _group(tab.open(f"{address}2026.1/acknowledge/"), "work")
    contact = group.locator(".acknowledge__contact")
    assert not contact.is_visible()
    group.locator(f'input[value="{reply}"]').check()
    expect(contact).to_be_visible()
    assert find_receipt(group.locator(".acknowledge__line").input_value()).answers == "---"


def test_each_way_to_hand_it_in_has_the_receipt(tab: Tab, address: str) -> None:
    page = tab.open(f"{address}2026.1/acknowledge/")
    group = _group(page)
    receipt = _answer(group, "fna", "accepted")
    encoded = page.evaluate("encodeURIComponent", receipt)
    mail = group.locator('[data-way="mail"]').get_attribute("href") or ""
    assert mail.startswith("mailto:people@example.org?subject=Handbook%202026.1%3A%20Everyone&body=")
    assert encoded in mail
    form = group.locator('[data-way="form"]').get_attribute("href")
    assert form == f"https://forms.example.org/handbook?lang=en&entry.1={encoded}"
    assert encoded in (group.locator('[data-way="file"]').get_attribute("href") or "")


def test_a_reader_is_shown_only_what_changed_in_substance_since_they_accepted(
    browser_page: Page, address: str
) -> None:
    page = browser_page
    page.goto(f"{address}2026.1/acknowledge/")
    _answer(_group(page), "fna", "accepted")
    page.goto(f"{address}2026.2/acknowledge/")
    since = _group(page).locator(".acknowledge__since")
    expect(since).to_contain_text("You accepted edition 2026.1 on this device")
    expect(since).to_contain_text("None of these pages has changed in substance since.")
    assert _group(page).locator(".acknowledge__page--unchanged").count() == 2
    page.goto(f"{address}2026.3/acknowledge/")
    expect(_group(page).locator(".acknowledge__page:not(.acknowledge__page--unchanged)")).to_have_count(1)
    changes = _group(page).locator(".acknowledge__changes")
    expect(changes).to_have_count(1)
    changes.locator("summary").click()
    expect(changes.locator("del").last).to_contain_text("a day")
    expect(changes.locator("ins").last).to_contain_text("two years")


@pytest.fixture
def browser_page(tab: Tab) -> Iterator[Page]:
    """A page that keeps what it stores, as those of a device do."""
    browser = tab.open("about:blank").context.browser
    assert browser
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("path", ["2026.1/acknowledge/", "2026.1/fr/acknowledge/"])
def test_the_page_is_accessible_before_and_after_it_is_filled_in(
    tab: Tab, address: str, path: str, width: int
) -> None:
    page = tab.open(address + path, width)
    for state in in_every_state(page):
        assert_accessible(page, state)
    _group(page)
    for state in in_every_state(page):
        assert_accessible(page, state)
    _answer(_group(page), "nnn", "exception")
    _answer(_group(page, "work"), "anf", "accepted")
    for state in in_every_state(page):
        assert_accessible(page, state)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_everything_is_filled_in_by_keyboard(tab: Tab, address: str) -> None:
    page = tab.open(f"{address}2026.1/acknowledge/", 360)
    group = _group(page, "work")
    group.locator("input").first.focus()
    page.keyboard.press("Space")
    for key in ("Tab", "Tab", "Space") * 3:  # Past the link to the rule, which each answer shows.
        page.keyboard.press(key)
    expect(group.locator(".acknowledge__receipt")).to_be_visible()
    for _ in range(2):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.way") == "mail"


def test_without_scripts_it_is_a_page_to_print_and_sign(tab_without_scripts: Tab, address: str) -> None:
    page = tab_without_scripts.open(f"{address}2026.1/acknowledge/")
    page.locator("#everyone").click()
    group = page.locator('[data-group="everyone"]')
    expect(group.locator(".acknowledge__paper")).to_be_visible()
    expect(group.locator(".acknowledge__reason").first).to_be_visible()
    expect(group.get_by_text("Signature")).to_be_visible()
    assert not group.locator(".acknowledge__receipt").is_visible()


@pytest.mark.parametrize("kept", ["null", "no JSON", "[]", "true"])
def test_what_another_program_kept_on_the_host_changes_nothing(tab: Tab, address: str, kept: str) -> None:
    page = tab.open(f"{address}2026.1/acknowledge/")
    page.evaluate("kept => localStorage.setItem('acknowledged', kept)", kept)
    sections = page.evaluate(
        """async () => {
          const script = document.querySelector("script[type=module]").src
          const { offerAcknowledgement } = await import(new URL("acknowledge.js", script))
          const component = document.querySelector(".acknowledge").cloneNode(true)
          const sections = [...component.querySelectorAll("section")]
          sections.forEach((section) => section.classList.remove("acknowledge__audience--followed"))
          offerAcknowledgement(component)
          return sections.filter((section) => !section.matches(".acknowledge__audience--followed")).length
        }"""
    )
    assert sections == 0
