"""A browser, and a server for a built site."""

import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from scripts.setup.chromium import HOW_TO, find_browser


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: the browser asks for much."""


@contextmanager
def served(root: Path, site: Path) -> Iterator[str]:
    """Build the handbook in `root` as of 20 November 2026 into `site`, and serve it."""
    arguments = [str(Path(sys.executable).with_name("mkdocs")), "build", "--strict", "--site-dir", str(site)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1795176000", "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(arguments, cwd=root, env=environment, check=True, capture_output=True)
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = find_browser()
    assert found, HOW_TO
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield running
        running.close()
