"""A third language is its files and one entry in `languages`, even if it is written from right to left."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from scripts.development.served_site import served
from tests.browser.conftest import Tab
from tests.builds import build_site_afresh
from tests.conftest import PAGE, ROOT, made_once, make_folder

HEBREW = PAGE.replace("A page", "עמוד").replace("Text.", "טקסט.\n\n## כותרת { #two }\n\n!!! note\n    הערה.")

END_OF_WORDS = """paragraph => {
    const range = document.createRange()
    range.selectNodeContents(paragraph)
    return range.getBoundingClientRect().right
}"""


def _in_hebrew(root: Path) -> Path:
    """Return a handbook in English and Hebrew, whose frame says in Hebrew what it says in English."""
    folder = make_folder(root.with_suffix(".source"))
    for name in ("handbook", "scripts"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    organization = folder / "organization.yml"
    text = organization.read_text(encoding="utf-8").replace("languages: [en, fr]", "languages: [en, he]")
    organization.write_text(re.sub(r"(?<=[{ ])fr:", "he:", text), encoding="utf-8")
    shutil.copy(folder / "macros/catalog/en.yml", folder / "macros/catalog/he.yml")
    (folder / "docs" / "other.he.md").write_text(HEBREW, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    def make(site: Path) -> None:
        folder = _in_hebrew(site)
        build_site_afresh(folder, site, {"PYTHONPATH": str(folder)})
        shutil.rmtree(folder)

    with served(made_once(tmp_path_factory, "hebrew", make)) as own:
        yield own


@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_from_right_to_left_holds(tab: Tab, address: str, width: int) -> None:
    page = tab.open(f"{address}he/other/", width)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("lang", "he")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    note = page.locator(".text .admonition").bounding_box()
    words = page.locator(".text .admonition p").last.evaluate(END_OF_WORDS)
    assert note
    # The rule of a note is at its right, before its words.
    assert 0 < note["x"] + note["width"] - words < 60


def test_a_page_that_is_not_translated_reads_from_left_to_right(tab: Tab, address: str) -> None:
    page = tab.open(f"{address}he/")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator(".text")).to_have_attribute("dir", "ltr")
