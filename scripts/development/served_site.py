"""Serves a built site on this machine, because a browser refuses a page from a disk what it may load."""

import functools
import http
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def __init__(self, *arguments: Any, missing: Path, **options: Any) -> None:
        self._missing = missing
        super().__init__(*arguments, **options)

    def log_message(self, *_: object) -> None:
        """Log nothing, because a browser makes many requests."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the page for missing addresses, as hosts do."""
        if code != http.HTTPStatus.NOT_FOUND or not self._missing.exists():
            super().send_error(code, message, explain)
            return
        body = self._missing.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


@contextmanager
def served(site: Path, missing: str = "404.html") -> Iterator[str]:
    """Serve a folder, and give the address of its files; `missing` answers for what is not there."""
    handler = functools.partial(_Quiet, directory=str(site), missing=site / missing)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
