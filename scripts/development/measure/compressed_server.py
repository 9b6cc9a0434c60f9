"""Serves a built site as a web server does: compressed, and with headers that say what may be cached."""

import gzip
import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "text/xml",
}
_NEVER_CHANGES: Final = re.compile(r"/assets/[0-9a-f]{12}/")


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve the files of a folder on this machine alone, and give the address of the first."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(site.resolve())) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def _handler(site: Path) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            """Answer with a file, or with the page for what is missing."""
            path = unquote(urlsplit(self.path).path)
            file = _file(site, path)
            self._answer(path, file, HTTPStatus.OK) if file else self._answer(
                path, site / "404.html", HTTPStatus.NOT_FOUND
            )

        def _answer(self, path: str, file: Path, status: HTTPStatus) -> None:
            content, tag, is_compressed = _read(file)
            if self.headers.get("If-None-Match") == tag:
                status, content = HTTPStatus.NOT_MODIFIED, b""
            self.send_response(status)
            self.send_header("Content-Type", _TYPES.get(file.suffix, "application/octet-stream"))
            self.send_header("Content-Length", str(len(content)))
            self.send_header("ETag", tag)
            self.send_header("Cache-Control", _caching(path))
            if is_compressed:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Log nothing, because a browser makes many requests."""

    return Handler


def _file(site: Path, path: str) -> Path | None:
    """Return the file at an address, or None if there is none, or if it is outside the site."""
    file = (site / path.lstrip("/")).resolve()
    if path.endswith("/"):
        file /= "index.html"
    return file if file.is_relative_to(site) and file.is_file() else None


@cache
def _read(file: Path) -> tuple[bytes, str, bool]:
    """Return what is sent of a file, its tag, and whether it is compressed."""
    content = file.read_bytes() if file.is_file() else b"not found\n"
    tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
    is_text = file.suffix in _TYPES
    return (gzip.compress(content, 9, mtime=0) if is_text else content), tag, is_text


def _caching(path: str) -> str:
    return "public, max-age=31536000, immutable" if _NEVER_CHANGES.search(path) else "no-cache"
