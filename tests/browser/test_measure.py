"""What `make measure` holds every page to, on pages that differ in what they load."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from scripts.development.measure.compressed_server import served
from scripts.development.measure.limits import SEARCH, exceeded
from scripts.development.measure.views import measure_page, measure_search


@pytest.fixture(scope="module")
def address(sample_site: Path) -> Iterator[str]:
    with served(sample_site) as address:
        yield address


def _no_scores(_: str) -> Mapping[str, int]:
    return {}


@pytest.mark.parametrize("path", ["", "fr/", "policy/work/", "practice/crisis/", "audit/register/"])
def test_a_page_keeps_its_limits(browser: Browser, address: str, path: str) -> None:
    page = measure_page(browser, address, path, _no_scores)
    assert list(exceeded(page)) == []
    assert 0 < page.next_view < page.first_view
    assert page.requests > 1


@pytest.mark.parametrize("path", ["", "fr/"])
def test_the_search_keeps_its_limit(browser: Browser, address: str, path: str) -> None:
    assert 0 < measure_search(browser, address, path).weight <= SEARCH


def test_what_jumps_and_flashes_is_seen(browser: Browser, tmp_path: Path) -> None:
    """The figures of a bad page are not those of a good one."""
    (tmp_path / "404.html").write_text('<link rel="icon" href="icon.svg"><p>Missing</p>')
    (tmp_path / "index.html").write_text(
        '<link rel="icon" href="icon.svg"><div id="late"></div><p>Text</p><script>setTimeout(() => {'
        "document.body.style.background = 'black'; late.style.height = '90px' }, 60)</script>"
    )
    (tmp_path / "icon.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    with served(tmp_path) as address:
        page = measure_page(browser, address, "", _no_scores)
    assert list(exceeded(page)) == ["layout shift", "scheme"]
