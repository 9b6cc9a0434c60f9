"""What only a browser knows of the forms of open reviews: they make the text that `review comment` reads."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scripts.development.served_site import served
from tests.browser.conftest import Tab
from tests.builds import NOON, build_site
from tests.conftest import PAGE, make_folder
from tests.scripts.review.comments.rounds import let_hold, record_of
from tests.scripts.review.rounds import review, written


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A handbook with an open review, and a page with its forms in two languages."""
    folder = make_folder(tmp_path_factory.mktemp("forms") / "handbook")
    let_hold(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", NOON)
        written(review(folder, "start", "docs"))
    for name in ("forms.md", "forms.fr.md"):
        (folder / "docs" / name).write_text(PAGE.replace("Text.", "{{ reading_forms() }}"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(build_site(folder, folder.parent / "site")) as address:
        yield address


def _open_role(page: Page, number: int = 0) -> None:
    page.locator(".reading-forms__review > summary").click()
    page.locator(".reading-forms__role > summary").nth(number).click()


def _fill_by_keyboard(page: Page) -> None:
    """Fill in the form that is open, without a mouse: each question is where Tab leads next."""
    page.locator(".reading-forms__role > summary").first.focus()
    for number in range(2):
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.type(f"Step {number} on a phone.")
    for answer in ("Nothing new.", "None since May."):
        page.keyboard.press("Tab")
        page.keyboard.type(answer)


@pytest.mark.parametrize("path", ["forms/", "fr/forms/"])
def test_what_is_filled_in_is_what_the_command_files(
    tab: Tab, address: str, folder: Path, tmp_path: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)
    page = tab.open(address + path)
    _open_role(page)
    status = page.locator(".reading-forms__role [role=status]").first
    expect(status).to_contain_text("6")
    _fill_by_keyboard(page)
    expect(status).not_to_contain_text("6")
    file = tmp_path / "reading.txt"
    file.write_text(page.locator(".reading-forms__result").first.input_value(), encoding="utf-8")
    filed = review(folder, "comment", "--text", str(file), "--account", "github:dana")
    assert filed.exit_code == 0, filed.output
    reading = record_of(folder, "platform-lead.yml")
    assert (reading["environment"], reading["legal"]) == ("Nothing new.", "None since May.")
    assert [page["note"] for page in reading["pages"].values()] == [
        "Step 0 on a phone.",
        "Step 1 on a phone.",
    ]
    written(review(folder, "withdraw", "--as", "platform-lead"))
    assert not tab.errors


def test_nothing_is_sent_and_the_text_can_be_copied(tab: Tab, address: str) -> None:
    page = tab.open(f"{address}forms/")
    _open_role(page, 1)
    before = len(tab.requests)
    page.get_by_role("button", name="Copy the text").last.click()
    expect(page.locator(".reading-forms__role [role=status]").last).to_contain_text("cop")
    assert tab.requests[before:] == []


def test_without_scripts_the_empty_text_is_there(tab_without_scripts: Tab, address: str) -> None:
    page = tab_without_scripts.open(f"{address}forms/")
    _open_role(page)
    expect(page.locator(".reading-forms__text").first).to_contain_text("/sign platform-lead")
    expect(page.locator(".reading-forms")).to_contain_text("Copy the text below it")
