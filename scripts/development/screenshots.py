"""Takes the pictures of the handbook that README.md shows, from a built site; what `make screenshots` runs.

The size of each picture is fixed, and its colors are few, which keeps the files small. A page is shown as it
is at the moment of SOURCE_DATE_EPOCH.
"""

import io
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import click
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from handbook.clock import now
from handbook.errors import HandbookError
from handbook.files.atomic_write import FileWrite, write_together
from scripts.development.measure.compressed_server import served
from scripts.options import exits_with_status
from scripts.setup.chromium import HOW_TO, find_browser

_COLORS: Final = 64


@dataclass(frozen=True, slots=True)
class View:
    """A page as it looks in a window of a size, in one of the color schemes."""

    name: str
    page: str
    width: int
    height: int
    scheme: Literal["light", "dark"]


VIEWS: Final = (
    View("start", "", 1280, 800, "light"),
    View("policy", "policy/work/", 1280, 800, "dark"),
    View("start-phone", "", 360, 720, "dark"),
    View("crisis-phone", "practice/crisis/", 360, 720, "light"),
)


@click.command()
@click.option("--site", type=click.Path(path_type=Path), default=Path("site"), help="The built site.")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("docs/contributing"), help="Where the pictures go."
)
@exits_with_status
def command(site: Path, out: Path) -> int:
    """Take a picture of some pages, on a desk and on a phone, in light and in dark colors."""
    missing = [view.page for view in VIEWS if not (site / view.page / "index.html").is_file()]
    if missing:
        raise HandbookError(f"there is no page /{missing[0]} in {site}; run make build first")
    pictures = _take(site)
    files = {out / f"{name}.png": data for name, data in pictures.items()}
    write_together([_file(target, data) for target, data in files.items()])
    for target, data in files.items():
        print(f"{target}: {len(data) / 1000:.0f} kB")
    return 0


def _file(target: Path, data: bytes) -> FileWrite:
    return FileWrite(target, data, target.read_bytes() if target.is_file() else None)


def _take(site: Path) -> dict[str, bytes]:
    program = find_browser()
    if not program:
        raise HandbookError(HOW_TO)
    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        pictures = {view.name: take_picture(browser, address, view) for view in VIEWS}
        browser.close()
    return pictures


def take_picture(browser: Browser, address: str, view: View) -> bytes:
    """Return the picture of a view of the site at an address."""
    page = browser.new_page(viewport={"width": view.width, "height": view.height}, color_scheme=view.scheme)
    page.clock.set_fixed_time(now())
    page.goto(address + view.page, wait_until="networkidle")
    data = page.screenshot(animations="disabled")
    page.close()
    return _small(data)


def _small(data: bytes) -> bytes:
    """Return a picture with few colors, which is enough for text and panels."""
    with Image.open(io.BytesIO(data)) as picture:
        # This method keeps colors that are rare, such as that of a sign.
        few = picture.convert("RGB").quantize(
            _COLORS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
        )
    small = io.BytesIO()
    few.save(small, "PNG", optimize=True)
    return small.getvalue()


if __name__ == "__main__":
    sys.exit(command())
