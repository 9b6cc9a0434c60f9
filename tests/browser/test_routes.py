"""What only a browser knows of addresses: at the top of a host, below a path, and in an edition."""

import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, TypeAlias
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from scripts.development.served_site import served
from tests.browser.conftest import Tab
from tests.builds import build_site
from tests.conftest import PAGE, made_once, make_folder
from tests.scripts.conftest import Git, later_repository


class Place(NamedTuple):
    """The address of a host, the path of a handbook on it, and the files that it serves."""

    host: str
    path: str
    files: Path


Places: TypeAlias = Mapping[str, Place]
PLACES = ("top", "path", "edition")


def _handbook_below_a_path(root: Path) -> None:
    """Build a handbook in two languages for the path /staff/handbook/."""
    folder = make_folder(root.with_suffix(".source"))
    pages = {
        "other.fr.md": PAGE.replace("A page", "Cadeaux"),
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


def _pages(folder: Path) -> list[str]:
    """Return the addresses of the pages of a site that offer another language."""
    files = sorted(folder.rglob("index.html"))
    framed = (file for file in files if "header__language" in file.read_text(encoding="utf-8"))
    return [quote(file.parent.relative_to(folder).as_posix().removeprefix(".")) for file in framed]


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
        yield {
            "top": Place(top, "", sample_site),
            "path": Place(path, "staff/handbook/", below),
            "edition": Place(edition, "2026.1/", editions),
        }


def _open_missing(tab: Tab, address: str) -> Page:
    page = tab.open(address)
    assert any("404" in error for error in tab.errors)
    tab.errors.clear()  # The browser says that the page was not there.
    return page


_LINKS = """() => [...new Set([...document.querySelectorAll(
    "a[href]:not([href^='mailto:'], [href^='tel:'], [href^='#'])")].map(link => link.href))]"""
# The browser asks for all at once, and each from where the page is.
_BROKEN = """async links => {
  const answers = await Promise.all(links.map(link => fetch(link)))
  return links.filter((link, place) => !answers[place].ok)
}"""


def _assert_framed(page: Page, address: str, folder: str) -> None:
    """The page has its styles, and everything in its frame leads to what is there."""
    assert page.locator("html").get_attribute("lang") == "en"
    header = page.locator("header").evaluate("element => getComputedStyle(element).backgroundColor")
    assert header not in ("rgba(0, 0, 0, 0)", "transparent")
    links = page.evaluate(_LINKS)
    assert links
    assert [link for link in links if not link.startswith(address + folder)] == []
    assert page.evaluate(_BROKEN, links) == []


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("missing", ["nothing", "nothing/", "a/b/c/", "fr/a/b.html", "assets/a.css"])
def test_a_missing_page_is_framed_at_any_depth(tab: Tab, places: Places, place: str, missing: str) -> None:
    address, folder, _ = places[place]
    page = _open_missing(tab, address + folder + missing)
    _assert_framed(page, address, "latest/" if place == "edition" else folder)
    assert page.locator("main .card__role a[href^='mailto:']").count() == 1
    assert page.locator("main a[href^='tel:']").count() == 1


@pytest.mark.parametrize("place", PLACES)
def test_a_missing_page_answers_a_search(tab: Tab, places: Places, place: str) -> None:
    address, folder, _ = places[place]
    page = _open_missing(tab, f"{address}{folder}a/b/")
    page.get_by_role("searchbox").press_sequentially("page")
    page.locator("[data-search-results] a").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert page.locator("body").get_attribute("data-kind") != "missing"


def test_each_edition_has_a_missing_page_of_its_own(tab: Tab, places: Places) -> None:
    address, folder, _ = places["edition"]
    page = tab.open(f"{address}{folder}404.html")
    _assert_framed(page, address, folder)


def test_a_missing_page_without_styles_can_be_read(tab_without_scripts: Tab, places: Places) -> None:
    """A host that serves the site at another path than organization.yml says has no styles for it there."""
    address, folder, _ = places["path"]
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
        ("fr/old/place/", "fr/other/", "Cadeaux"),
        ("was.html", "deep/er/%C3%BCber-uns/", "Deep"),
        ("fr/was.html", "fr/deep/er/%C3%BCber-uns/", "Deep"),
    ],
)
def test_an_old_address_leads_to_the_page_without_a_script(
    tab_without_scripts: Tab, places: Places, old: str, now: str, heading: str
) -> None:
    address, folder, _ = places["path"]
    page = tab_without_scripts.open(f"{address}{folder}{old}")
    page.wait_for_url(f"{address}{folder}{now}")
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


# What the pages at some paths say of their language, and of the page in the other one. No address in them is
# relative afterwards.
_SAID_OF_LANGUAGES = """async paths => {
  const parse = async path => {
    const answer = await fetch(path)
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    const address = link => new URL(link.getAttribute("href"), answer.url).href
    return {
      kind: page.body.dataset.kind ?? "",
      language: page.documentElement.lang,
      switch: address(page.querySelector("a.header__language")),
      canonical: address(page.querySelector("link[rel=canonical]")),
      alternates: [...page.querySelectorAll("link[rel=alternate][hreflang]")].map(address),
      isTranslated: !page.querySelector(".fallback"),
    }
  }
  return Object.fromEntries(await Promise.all(paths.map(async path => [path, await parse(path)])))
}"""


def _address(path: str) -> str:
    return f"{path}/" if path else ""


def _in_other_language(path: str) -> str:
    return path.removeprefix("fr").removeprefix("/") if path.startswith("fr") else f"fr/{path}".rstrip("/")


@pytest.mark.parametrize("place", PLACES)
def test_the_language_switch_leads_to_the_same_page_and_place_and_back(
    tab: Tab, places: Places, place: str
) -> None:
    host, folder, files = places[place]
    paths = _pages(files / folder)
    assert {"", "fr"} <= set(paths)
    page = tab.open(f"{host}{folder}")
    said = page.evaluate(_SAID_OF_LANGUAGES, [f"/{folder}{_address(path)}" for path in paths])
    pages = {path: said[f"/{folder}{_address(path)}"] for path in paths}
    for path, of_page in pages.items():
        other = _in_other_language(path)
        published = of_page["canonical"].removesuffix(_address(path))
        assert of_page["switch"] == f"{host}{folder}{_address(other)}"
        assert of_page["language"] == ("fr" if path.startswith("fr") else "en")
        assert pages[other]["language"] != of_page["language"]
        is_translated = pages[other]["isTranslated"]
        assert of_page["alternates"] == ([f"{published}{_address(other)}"] if is_translated else [])
    # The script is the same on each page, and so is the frame on each page of a kind.
    kinds = {(of_page["kind"], of_page["language"]): path for path, of_page in pages.items()}
    for path in {"", "fr", *kinds.values()}:
        page = tab.open(f"{host}{folder}{_address(path)}#place")
        page.locator("a.header__language").click()
        page.wait_for_url(f"{host}{folder}{_address(_in_other_language(path))}#place")
        assert page.locator("html").get_attribute("lang") == ("en" if path.startswith("fr") else "fr")
        page.evaluate("location.hash = 'elsewhere'")
        expect(page.locator("a.header__language")).to_have_attribute("href", re.compile("#elsewhere$"))


def test_without_scripts_the_language_switch_leads_to_the_same_page(
    tab_without_scripts: Tab, places: Places
) -> None:
    host, folder, _ = places["path"]
    page = tab_without_scripts.open(f"{host}{folder}fr/deep/er/%C3%BCber-uns/")
    page.locator("a.header__language").click()
    assert page.url == f"{host}{folder}deep/er/%C3%BCber-uns/"


def test_a_result_in_another_language_says_so(tab: Tab, places: Places) -> None:
    host, folder, _ = places["path"]
    page = tab.open(f"{host}{folder}fr/?q=Deep")
    assert page.locator(".search__page", has_text="Deep").first.get_attribute("lang") == "en"
    page = tab.open(f"{host}{folder}fr/?q=Cadeaux")
    assert page.locator(".search__page", has_text="Cadeaux").first.get_attribute("lang") is None
