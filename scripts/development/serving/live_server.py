"""The server of `handbook serve`: MkDocs' own, but the pages are there while others are built.

MkDocs lets every request wait until a build is done, and forever if it fails.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mkdocs.livereload import LiveReloadServer

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

# The key of a report that is shown at every address.
EVERYWHERE: Final = "*"
# A change is seen after at most this many seconds; MkDocs takes 0.5.
_POLLING: Final = 0.2
# An editor may save a file in two steps.
_SETTLING: Final = 0.05
_QUIET: Final = 1.0


class LiveServer(LiveReloadServer):
    """Serves a folder, and reports instead of the pages that cannot be built.

    `follow` is called when files change, and again and again while nothing changes.
    """

    def __init__(
        self, follow: Callable[[], None], host: str, port: int, folder: Path, mount_path: str
    ) -> None:
        super().__init__(follow, host, port, str(folder), mount_path, polling_interval=_POLLING)
        self.build_delay = _SETTLING
        self.reports: Mapping[str, str] = {}
        self.error_handler = self._missing_page

    @property
    def is_behind(self) -> bool:
        """Whether files changed since they were last followed."""
        return self._want_rebuild

    def show(self, folder: Path, reports: Mapping[str, str], reload: bool = True) -> None:
        """Serve another folder, and reports by address; let browsers load their page again."""
        with self._epoch_cond:
            self.root, self.reports = str(folder), reports
            if reload:
                self._visible_epoch = max(self._visible_epoch + 1, round(time.monotonic() * 1000))
                self._wanted_epoch = self._visible_epoch
                self._epoch_cond.notify_all()

    def _build_loop(self) -> None:
        while not self._shutdown:
            with self._rebuild_cond:
                if self._rebuild_cond.wait_for(lambda: self._want_rebuild or self._shutdown, timeout=_QUIET):
                    while self._rebuild_cond.wait(timeout=self.build_delay):
                        pass
                self._want_rebuild = False
            self.builder()

    def _serve_request(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes] | None:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        report = self._report_at(path)
        if report is None:
            return super()._serve_request(environ, start_response)
        content = self._with_reload(report.encode())
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [content]

    def _report_at(self, path: str) -> str | None:
        if path.startswith("/livereload/") or not path.endswith(("/", ".html")):
            return None
        address = path.removeprefix(self.mount_path).removesuffix("index.html")
        return self.reports.get(EVERYWHERE) or self.reports.get(address)

    def _missing_page(self, code: int) -> bytes | None:
        """Return the handbook's own page for an address without one; it gives way to a page that is new."""
        try:
            return self._with_reload(Path(self.root, f"{code}.html").read_bytes())
        except OSError:
            return None

    def _with_reload(self, html: bytes) -> bytes:
        content: bytes = self._inject_js_into_html(html, self._visible_epoch)  # type: ignore[no-untyped-call]
        return content
