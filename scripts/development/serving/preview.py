"""The handbook as `handbook serve` shows it: a site, and reports instead of pages that cannot be built."""

import filecmp
import shutil
from collections.abc import Iterable, Mapping
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from scripts.development.serving.live_server import EVERYWHERE
from scripts.development.serving.problems import BuildProblem
from scripts.development.serving.report_page import report_page
from scripts.development.serving.site_build import (
    BuildResult,
    BuiltSite,
    IsSuperseded,
    build_page,
    build_site,
)


class Preview:
    """The last site that could be built, below the folder `work`, and what is wrong by page."""

    def __init__(self, root: Path, work: Path, address: str) -> None:
        self._root, self._work, self._address = root, work, address
        self._numbers = count(1)
        self._problems: dict[str, list[BuildProblem]] = {}
        self.site: BuiltSite | None = None

    @property
    def folder(self) -> Path:
        """Return the folder of the site; without a site, it has no file."""
        return self.site.folder if self.site else self._work

    @property
    def mount_path(self) -> str:
        """Return where the site begins at its address, as `site_url` in mkdocs.yml says."""
        path = urlsplit(self.site.config.site_url or "/").path if self.site else "/"
        return f"{path.rstrip('/')}/"

    @property
    def problems(self) -> list[BuildProblem]:
        """Return what keeps pages from being shown."""
        return [problem for problems in self._problems.values() for problem in problems]

    def build_page(self, path: str) -> BuildResult:
        """Build a page that the site has, by its path, and put it into the folder of the site."""
        assert self.site is not None  # noqa: S101 - the page is one of its pages
        result = build_page(self.site, path, self._root)
        self._problems.pop(path, None)
        self._problems |= _by_page(result.problems)
        return result

    def build_site(self, is_superseded: IsSuperseded) -> tuple[BuildResult, bool]:
        """Build the whole site, and tell whether browsers would show anything else than before.

        What cannot be built leaves the site as it is.

        Raises:
            Superseded: if somebody saved a file meanwhile.

        """
        folder = self._work / str(next(self._numbers))
        result = build_site(self._root, folder, self._address, is_superseded)
        former, known = self.folder, self._problems
        if result.site:
            self._problems = _by_page(result.problems)
            self._problems.pop(EVERYWHERE, None)  # It was a warning: the pages are there.
            self.site = result.site
            is_other = former == self._work or not _same_pages(former, folder)
            self._keep({former, folder})
        else:
            pages = {path: problems for path, problems in known.items() if path != EVERYWHERE}
            self._problems = pages | _by_page(result.problems)
            is_other = False
            shutil.rmtree(folder, ignore_errors=True)
        return result, is_other or self._problems != known

    def reports(self) -> Mapping[str, str]:
        """Return the page to show instead of each that cannot be built, by its address in the site."""
        by_address: dict[str, list[BuildProblem]] = {}
        for path, problems in self._problems.items():
            for address in self._addresses_of(path):
                by_address.setdefault(address, []).extend(problems)
        assets = self._assets()
        return {
            address: report_page(problems, self._root, assets) for address, problems in by_address.items()
        }

    def _addresses_of(self, path: str) -> Iterable[str]:
        if self.site is None or path == EVERYWHERE:
            return (EVERYWHERE,)
        return self.site.addresses_of(path)

    def _assets(self) -> str | None:
        """Return the address of the folder with the styles of the handbook, or None before there are any."""
        styles = sorted(self.folder.glob("assets/*/handbook.css")) if self.site else []
        return f"{self.mount_path}{styles[0].parent.relative_to(self.folder).as_posix()}/" if styles else None

    def _keep(self, folders: Iterable[Path]) -> None:
        """Remove the sites before the last one, which a request may still read."""
        for folder in self._work.iterdir():
            if folder not in folders:
                shutil.rmtree(folder, ignore_errors=True)


def _by_page(problems: Iterable[BuildProblem]) -> dict[str, list[BuildProblem]]:
    """Sort problems by the page that they are about."""
    sorted_problems: dict[str, list[BuildProblem]] = {}
    for problem in problems:
        key = problem.path if problem.path and problem.is_about_page else EVERYWHERE
        sorted_problems.setdefault(key, []).append(problem)
    return sorted_problems


def _same_pages(former: Path, folder: Path) -> bool:
    """Tell whether two sites have the same pages, to the byte."""
    names = {file.relative_to(folder) for file in folder.rglob("*.html")}
    return names == {file.relative_to(former) for file in former.rglob("*.html")} and all(
        filecmp.cmp(former / name, folder / name, shallow=False) for name in names
    )
