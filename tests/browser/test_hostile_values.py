"""No value of organization.yml, of a register, or of front matter does anything but be shown."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from handbook.content.drawings.svg import refusal
from handbook.files.tree import Folder
from handbook.registers.organization import load_organization
from scripts.development.served_site import served
from tests.browser.conftest import Tab
from tests.builds import build_site
from tests.conftest import made_once
from tests.hostile_values import make_hostile_handbook

# Every kind of element with its attributes, such as `a class href`, as the browser reads pages, each with a
# page that has it. The browser fetches them itself: what it is handed takes ten times as long.
SHAPES = """async paths => {
  const pages = new Map()
  for (const path of paths) {
    const html = await (await fetch(path)).text()
    for (const element of new DOMParser().parseFromString(html, "text/html").querySelectorAll("*"))
      pages.set([element.localName, ...element.getAttributeNames().sort()].join(" "), path)
  }
  return Object.fromEntries(pages)
}"""
HANDLERS = """() => [...document.querySelectorAll("*")].flatMap(element => element.getAttributeNames())
    .filter(name => name.startsWith("on") || name === "autofocus")"""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "hostile-values", make_hostile_handbook)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Path:
    return made_once(tmp_path_factory, "hostile-values-site", lambda site: build_site(folder, site))


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


def _shapes(tab: Tab, site: Path, address: str) -> dict[str, str]:
    """Return each shape of an element with a page that has it."""
    paths = [file.relative_to(site).as_posix() for file in sorted(site.rglob("*.html"))]
    assert len(paths) > 100
    shapes: dict[str, str] = tab.open(address).evaluate(SHAPES, [f"/{path}" for path in paths])
    return shapes


def test_hostile_values_bring_no_element_and_no_attribute(
    tab: Tab, sample_site: Path, sample_address: str, site: Path, address: str
) -> None:
    innocent, hostile = _shapes(tab, sample_site, sample_address), _shapes(tab, site, address)
    assert len(hostile) > 100
    assert {shape: page for shape, page in hostile.items() if shape not in innocent} == {}


def test_hostile_values_run_nothing_and_ask_no_other_host(tab: Tab, site: Path, address: str) -> None:
    for file in sorted(site.rglob("*.html")):
        page = tab.open(address + file.relative_to(site).as_posix())
        assert page.evaluate(HANDLERS) == [], file
        assert page.evaluate("window.ran") is None, file
    assert [url for url in tab.requests if not url.startswith((address, "data:", "blob:"))] == []


def test_the_name_of_the_organization_is_shown_as_it_was_written(
    tab: Tab, folder: Path, address: str
) -> None:
    organization = load_organization(Folder(folder))
    for language, path in (("en", ""), ("fr", "fr/")):
        name = organization.say(organization.name, language)
        assert name in tab.open(address + path).locator(".footer__name").inner_text()


def test_what_the_search_finds_is_text(tab: Tab, address: str) -> None:
    page = tab.open(f"{address}?q=onfocus")
    expect(page.locator("[data-search-results] li").first).to_be_attached(timeout=60_000)
    assert page.evaluate(HANDLERS) == []
    assert page.locator("[data-search-results] img").count() == 0
    assert page.evaluate("window.ran") is None


def _files(site: Path, kind: str) -> list[Path]:
    files = sorted(site.rglob(f"*.{kind}"))
    assert files, kind
    return files


def test_the_other_files_of_the_site_can_be_read(site: Path) -> None:
    for file in _files(site, "json"):
        json.loads(file.read_bytes())
    for file in _files(site, "xml"):
        ElementTree.fromstring(file.read_bytes())  # noqa: S314 - the build wrote it
    for file in _files(site, "csv"):
        rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
        assert {len(row) for row in rows} == {len(rows[0])}, file
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))], file
    for file in _files(site, "ics"):
        assert Calendar.from_ical(file.read_bytes()).errors == [], file
    for file in _files(site, "svg"):
        assert refusal(file.read_bytes()) is None, file
