"""Measures the pages of a built site against the limits; what `handbook develop measure` runs."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import click
from playwright.sync_api import sync_playwright

from handbook.errors import HandbookError
from scripts.development.measure.compressed_server import served
from scripts.development.measure.lighthouse import install
from scripts.development.measure.limits import SEARCH, PageFigures, SearchFigures, exceeded
from scripts.development.measure.report import report
from scripts.development.measure.views import measure_page, measure_search
from scripts.options import exits_with_status
from scripts.setup.chromium import HOW_TO, find_browser


@click.command()
@click.argument("pages", nargs=-1, metavar="[PAGE]...")
@click.option("--site", type=click.Path(path_type=Path), default=Path("site"), help="The built site.")
@click.option(
    "--packages",
    type=click.Path(path_type=Path),
    default=Path("build/node"),
    help="The Python packages that hold npm.",
)
@click.option("--lighthouse/--no-lighthouse", "has_lighthouse", default=True, help="Ask Lighthouse, too.")
@exits_with_status
def command(pages: Sequence[str], site: Path, packages: Path, has_lighthouse: bool) -> int:
    """Measure each page, such as policy/work/, or every page of the site.

    Exit status 1 means that a figure exceeds its limit.
    """
    browser = _browser()
    paths = list(_chosen(site, pages))
    judge = install(packages, packages.parent / "lighthouse", browser).scores if has_lighthouse else _none
    figures, searches = _measure(site, paths, browser, judge)
    print(report(figures, searches))
    return int(
        any(any(exceeded(page)) for page in figures) or any(search.weight > SEARCH for search in searches)
    )


def _none(_: str) -> Mapping[str, int]:
    """Judge no page."""
    return {}


def _browser() -> Path:
    browser = find_browser()
    if not browser:
        raise HandbookError(HOW_TO)
    return browser


def _chosen(site: Path, pages: Sequence[str]) -> Iterator[str]:
    """Yield the addresses of pages below a site, or of those that were asked for."""
    if not (site / "index.html").is_file():
        raise HandbookError(f"there is no built site in {site}; run `handbook build` first")
    missing = [page for page in pages if not (site / page / "index.html").is_file()]
    if missing:
        raise HandbookError(f"the site has no page {missing[0]}; write its address, such as policy/work/")
    yield from pages or page_paths(site)


def page_paths(site: Path) -> list[str]:
    """Return the address of each page below a site."""
    folders = sorted(file.parent.relative_to(site).as_posix() for file in site.rglob("index.html"))
    return ["" if folder == "." else f"{folder}/" for folder in folders]


def _announced(paths: Sequence[str]) -> Iterator[str]:
    """Say which page is measured: Lighthouse takes its time."""
    for number, path in enumerate(paths, start=1):
        print(f"{number} of {len(paths)}: {path or '(start)'}", file=sys.stderr)
        yield path


def _measure(
    site: Path, paths: Sequence[str], program: Path, judge: Callable[[str], Mapping[str, int]]
) -> tuple[list[PageFigures], list[SearchFigures]]:
    indexes = sorted(file.stem for file in (site / "search").glob("*.json"))
    starts = ["", *(f"{language}/" for language in indexes if (site / language / "index.html").is_file())]
    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        figures = [measure_page(browser, address, path, judge) for path in _announced(paths)]
        searches = [measure_search(browser, address, start) for start in starts]
        browser.close()
    return figures, searches


if __name__ == "__main__":
    sys.exit(command())
