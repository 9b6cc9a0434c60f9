"""Each page of tests/hostile/ in a browser, as a build that does not stop would publish it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Dialog

from scripts.development.served_site import served
from tests.browser.conftest import Tab
from tests.builds import build
from tests.conftest import PAGE, hostile, made_once, make_folder, put_hostile

KINDS = ("html", "inert")
PAGES = [f"{kind}/{file.stem}/" for kind in KINDS for file in hostile(kind)]


def _make_site(site: Path) -> None:
    folder = make_folder(site.with_name(f"{site.name}-handbook"))
    put_hostile(folder, *KINDS)
    for kind in KINDS:
        (folder / "docs" / kind / "other.md").write_text(PAGE, encoding="utf-8")
        (folder / "docs" / kind / "favicon.png").write_bytes(b"")
    build(folder, site)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(made_once(tmp_path_factory, "hostile-pages-site", _make_site)) as address:
        yield address


@pytest.mark.parametrize("path", PAGES)
def test_a_hostile_page_runs_nothing_asks_no_other_host_and_breaks_no_script(
    tab: Tab, address: str, path: str
) -> None:
    page = tab.open(address + path, width=360)
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    for handler in ("focus", "mouseover", "click"):
        page.evaluate(
            "kind => document.querySelectorAll('article *')"
            ".forEach(element => element.dispatchEvent(new Event(kind)))",
            handler,
        )
    page.locator("header summary", has_text="Menu").press("Enter")
    assert page.locator(".menu").is_visible()
    page.remove_listener("dialog", dismiss)
    assert page.url == address + path
    assert dialogs == []
    tab.errors[:] = [error for error in tab.errors if "404" not in error]  # Some pictures are not there.
    assert [url for url in tab.requests if not url.startswith((address, "data:", "blob:"))] == []
