"""What only a browser knows of addresses: at the top of a host, below a path, and in an edition."""

import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Tab, served
from tests.builds import build_site
from tests.conftest import PAGE, made_once, make_folder
from tests.scripts.conftest import Git, later_repository

# The address of a host, and the path of a handbook on it, by the name of the place.
Places: TypeAlias = Mapping[str, tuple[str, str]]
PLACES = ("top", "path", "edition")


def _handbook_below_a_path(root: Path) -> None:
    """Build a handbook in two languages for the path /staff/handbook/."""
    folder = make_folder(root.with_suffix(".source"))
    pages = {
        "other.fr.md": PAGE.replace("A page", "Autre"),
        "deep/er/über-uns.md": PAGE.replace("A page", "Deep"),
        "only.fr.md": PAGE.replace("A page", "Seule"),
    }
    for name, text in pages.items():
        (folder / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "docs" / name).write_text(text, encoding="utf-8")
    moved = "moved:\n  old/place/: docs/other.md\n  was.html: docs/deep/er/über-uns.md\n"
    (folder / "registers" / "moved_pages.yml").write_text(moved, encoding="utf-8")
    organization = (folder / "organization.yml").read_text(encoding="utf-8")
    moved = organization.replace("https://handbook.example.org/", "https://example.org/staff/handbook")
    (folder / "organization.yml").write_text(moved, encoding="utf-8")
    build_site(folder, root / "staff" / "handbook")
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def places(sample_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    below = made_once(tmp_path_factory, "below-a-path", _handbook_below_a_path)
    editions = tmp_path_factory.mktemp("editions")
    repository = later_repository(tmp_path_factory)
    Git(editions)("pull", "--quiet", repository.as_uri(), "gh-pages")
    with (
        served(sample_site) as top,
        served(below, "staff/handbook/404.html") as path,
        served(editions) as edition,
    ):
        yield {"top": (top, ""), "path": (path, "staff/handbook/"), "edition": (edition, "2026.1/")}


def _open_missing(tab: Tab, address: str) -> Page:
    page = tab.open(address)
    assert any("404" in error for error in tab.errors)
    tab.errors.clear()  # The browser says that the page was not there.
    return page


def _assert_framed(page: Page, address: str, folder: str) -> None:
    """The page has its styles, and everything in its frame leads to what is there."""
    assert page.locator("html").get_attribute("lang") == "en"
    header = page.locator("header").evaluate("element => getComputedStyle(element).backgroundColor")
    assert header not in ("rgba(0, 0, 0, 0)", "transparent")
    for link in page.locator("a[href]:not([href^='mailto:'], [href^='tel:'], [href^='#'])").all():
        there = str(link.evaluate("element => element.href"))
        assert there.startswith(address + folder), there
        assert page.request.get(there).ok, there


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("missing", ["nothing", "nothing/", "a/b/c/", "fr/a/b.html", "assets/a.css"])
def test_a_missing_page_is_framed_at_any_depth(tab: Tab, places: Places, place: str, missing: str) -> None:
    address, folder = places[place]
    page = _open_missing(tab, address + folder + missing)
    _assert_framed(page, address, "latest/" if place == "edition" else folder)
    assert page.locator("main a[href^='mailto:']").count() == 1
    assert page.locator("main a[href^='tel:']").count() == 1


@pytest.mark.parametrize("place", PLACES)
def test_a_missing_page_answers_a_search(tab: Tab, places: Places, place: str) -> None:
    address, folder = places[place]
    page = _open_missing(tab, f"{address}{folder}a/b/")
    page.get_by_role("searchbox").press_sequentially("page")
    page.locator("[data-search-results] a").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert page.locator("body").get_attribute("data-kind") != "missing"


def test_each_edition_has_a_missing_page_of_its_own(tab: Tab, places: Places) -> None:
    address, folder = places["edition"]
    page = tab.open(f"{address}{folder}404.html")
    _assert_framed(page, address, folder)


def test_a_missing_page_without_styles_can_be_read(tab_without_scripts: Tab, places: Places) -> None:
    """A host that serves the site at another path than organization.yml says has no styles for it there."""
    address, folder = places["path"]
    site = re.sub("/$", "", address + folder)
    page = tab_without_scripts.open(f"{site}/404.html")
    page.route("**/*.css", lambda route: route.abort())
    page.reload()
    tab_without_scripts.errors.clear()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("searchbox")).to_be_visible()
    expect(page.locator("main a[href^='tel:']")).to_be_visible()
    page.unroute("**/*.css")


@pytest.mark.parametrize(
    ("old", "now", "heading"),
    [
        ("old/place/", "other/", "Other"),
        ("fr/old/place/", "fr/other/", "Autre"),
        ("was.html", "deep/er/%C3%BCber-uns/", "Deep"),
        ("fr/was.html", "fr/deep/er/%C3%BCber-uns/", "Deep"),
    ],
)
def test_an_old_address_leads_to_the_page_without_a_script(
    tab_without_scripts: Tab, places: Places, old: str, now: str, heading: str
) -> None:
    address, folder = places["path"]
    page = tab_without_scripts.open(f"{address}{folder}{old}")
    page.wait_for_url(f"{address}{folder}{now}")
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
