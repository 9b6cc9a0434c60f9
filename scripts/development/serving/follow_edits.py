"""Serves a handbook while people edit it: a saved page is shown at once, everything else soon after."""

import logging
import time
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import click

from handbook.content.pages import Page, PageSource, read_page
from handbook.errors import HandbookError
from handbook.registers.evidence_folder import SAMPLE_FOLDER
from handbook.text.counting import counted
from handbook.text.quoting import one_line
from scripts.development.serving.live_server import LiveServer
from scripts.development.serving.preview import Preview
from scripts.development.serving.problems import BuildProblem
from scripts.development.serving.site_build import Superseded
from scripts.development.serving.watched_files import changed_files, snapshot

# What a site is made from, besides what `watch` in mkdocs.yml names. Pages show the commits, too.
_SOURCES: Final = (
    *("mkdocs.yml", "organization.yml", "docs", "registers", "macros/catalog", "macros/templates"),
    *("overrides", SAMPLE_FOLDER, ".git/logs/HEAD"),
)
_TO_FIX: Final = "correct what is shown above, then run `handbook serve` again"


def serve_handbook(root: Path, host: str, port: int) -> None:
    """Build the handbook in `root`, and serve it until Ctrl+C.

    Raises:
        HandbookError: if it cannot be built for another reason than a page.
        OSError: if the address cannot be used.

    """
    logging.getLogger("mkdocs.livereload").setLevel(logging.ERROR)  # It prints each address without a page.
    with TemporaryDirectory(prefix="handbook-") as folder:
        server = _Following(root, Path(folder), host, port).start()
        click.echo(f"the handbook is at {server.url}; Ctrl+C stops")
        try:
            server.serve()  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            click.echo("stopped")
        finally:
            server.shutdown()


class _Following:
    """Brings the preview of a handbook up to date, and shows it with a server."""

    def __init__(self, root: Path, folder: Path, host: str, port: int) -> None:
        self._root, self._host, self._port = root, host, port
        self._preview = Preview(root, folder, f"http://{host}:{port}/")
        self._watched = {str(root / name) for name in _SOURCES}
        self._seen = snapshot(self._watched)
        self._is_behind = False

    def start(self) -> LiveServer:
        """Build the whole handbook, and return a server that follows what is saved from then on."""
        result, _ = self._preview.build_site(lambda: False)
        _print(result.problems)
        if not result.site and not all(problem.is_about_page for problem in result.problems):
            raise HandbookError(_TO_FIX)
        preview = self._preview
        self._server = LiveServer(self._follow, self._host, self._port, preview.folder, preview.mount_path)
        self._watch()
        self._server.show(self._preview.folder, self._preview.reports())
        return self._server

    def _watch(self) -> None:
        """Watch what the settings name, which may be more than before."""
        if site := self._preview.site:
            others = {site.config.docs_dir, *map(str, site.config.watch)} - self._watched
            self._watched |= others
            self._seen = {**snapshot(others), **self._seen}
        for path in self._watched:
            if Path(path).exists():
                self._server.watch(path)

    def _follow(self) -> None:
        seen = snapshot(self._watched)
        changed, self._seen = changed_files(self._seen, seen), seen
        pages = [path for file in changed if (path := self._page_at(file))]
        self._is_behind = self._is_behind or bool(changed)
        if changed and len(pages) == len(changed):
            self._show_pages(sorted(pages))
        elif self._is_behind:
            self._show_site(sorted(pages))

    def _page_at(self, file: str) -> str | None:
        """Return the path of a page that the site has and that is for this organization, as it was before."""
        known = self._known_page(Path(file))
        if known is None or not Path(file).is_file():
            return None
        saved = read_page(PageSource(file, known.path, known.language))
        before, now = (page.front_matter.values.get("applies_to") for page in (known, saved))
        return known.path if before == now else None

    def _known_page(self, file: Path) -> Page | None:
        site = self._preview.site
        if site is None or not file.is_relative_to(self._root):
            return None
        return site.page(file.relative_to(self._root).as_posix())

    def _show_pages(self, paths: Iterable[str]) -> None:
        start = time.monotonic()
        results = [self._preview.build_page(path) for path in paths]
        self._server.show(self._preview.folder, self._preview.reports())
        _print([problem for result in results for problem in result.problems])
        click.echo(f"{counted(len(results), 'page')} built in {time.monotonic() - start:.2f} s")

    def _show_site(self, saved: Iterable[str]) -> None:
        """Build the whole handbook; if that fails, the pages that were saved are built alone all the same."""
        start = time.monotonic()
        try:
            result, is_other = self._preview.build_site(self._is_superseded)
        except Superseded:
            return
        self._is_behind = False
        if self._preview.site and not result.site:
            for path in saved:
                self._preview.build_page(path)
        self._watch()
        self._server.show(self._preview.folder, self._preview.reports(), is_other)
        _print(result.problems)
        if result.site:
            click.echo(f"the whole handbook built in {time.monotonic() - start:.2f} s")

    def _is_superseded(self) -> bool:
        """Tell whether a file that counts was saved; an editor also writes files that do not."""
        return self._server.is_behind and bool(changed_files(self._seen, snapshot(self._watched)))


def _print(problems: Iterable[BuildProblem]) -> None:
    for problem in problems:
        click.echo(one_line(str(problem)), err=True)
