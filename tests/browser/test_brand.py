"""The logo and the color of an organization, on every page and in both schemes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.development.served_site import served
from tests.browser.conftest import Tab
from tests.builds import build, build_site
from tests.conftest import make_folder

COLOR = "#b00020"
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40" viewBox="0 0 120 40">'
    '<circle cx="20" cy="20" r="18"/><rect x="46" y="12" width="70" height="16"/></svg>'
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = make_folder(tmp_path_factory.mktemp("brand") / "handbook")
    (root / "docs" / "images").mkdir(exist_ok=True)
    (root / "docs" / "images" / "logo.svg").write_text(LOGO)
    organization = root / "organization.yml"
    text = organization.read_text("utf-8").replace("  # logo:", "  logo:").replace("#1b365d", COLOR)
    organization.write_text(text, "utf-8")
    with served(build_site(root, tmp_path_factory.mktemp("site"))) as address:
        yield address


@pytest.mark.parametrize("path", ["", "other/", "fr/", "fr/other/", "404.html"])
def test_the_logo_is_on_every_page(tab: Tab, address: str, path: str) -> None:
    logo = tab.open(address + path).locator(".header__logo")
    assert logo.evaluate("image => image.complete && image.naturalWidth") == 120
    assert logo.get_attribute("alt") == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_logo_that_is_drawn_for_white_paper_is_seen_in_both_schemes(
    tab: Tab, address: str, scheme: str
) -> None:
    page = tab.open(address)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    logo = page.locator(".header__logo")
    assert logo.evaluate("image => getComputedStyle(image).backgroundColor") == "rgb(255, 255, 255)"


def test_the_sign_of_the_browser_tab_has_the_color(tab: Tab, address: str) -> None:
    page = tab.open(f"{address}other/")
    icon = page.locator("link[rel=icon]").evaluate("link => link.href")
    assert f'fill="{COLOR}"' in page.request.get(icon).text()


@pytest.mark.parametrize("logo", ["images/none.svg", "https://logo.example/logo.svg", "../organization.yml"])
def test_a_logo_that_is_not_published_stops_the_build(tmp_path: Path, logo: str) -> None:
    root = make_folder(tmp_path / "handbook")
    organization = root / "organization.yml"
    text = organization.read_text("utf-8")
    organization.write_text(text.replace("  # logo: images/logo.svg", f"  logo: {logo}"), "utf-8")
    done = build(root, tmp_path / "site")
    assert done.returncode == 1
    assert f"organization.yml: the logo {logo} is not below docs/" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
