"""Pages are there while others are built, and a report is in the place of a page that cannot be."""

import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from scripts.development.serving.live_server import EVERYWHERE, LiveServer

SECONDS = 30.0


class Build:
    """A build that begins when a file changes, and ends when the test says so."""

    def __init__(self) -> None:
        self.begun, self.may_end = threading.Event(), threading.Event()

    def __call__(self) -> None:
        self.begun.set()
        self.may_end.wait(SECONDS)


@pytest.fixture
def build() -> Build:
    return Build()


@pytest.fixture
def server(tmp_path: Path, build: Build) -> Iterator[LiveServer]:
    """A server for a site at `/handbook/`."""
    (tmp_path / "docs").mkdir()
    site = tmp_path / "site"
    (site / "work").mkdir(parents=True)
    for name in ("index.html", "work/index.html", "404.html", "style.css"):
        (site / name).write_text(f"<body>{name}</body>", encoding="utf-8")
    server = LiveServer(build, "127.0.0.1", 0, site, "/handbook/")
    server.watch(str(tmp_path / "docs"))
    thread = threading.Thread(target=server.serve)
    server.show(site, {})
    thread.start()
    try:
        wait_for(server)
        yield server
    finally:
        build.may_end.set()
        server.shutdown(wait=True)
        thread.join()


def wait_for(server: LiveServer) -> None:
    """Wait until the server has a port and listens."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", server.server_address[1]), timeout=1):
            return
        time.sleep(0.02)
    pytest.fail("the server does not answer")


def answer(server: LiveServer, path: str) -> str:
    address = f"http://127.0.0.1:{server.server_address[1]}{path}"
    try:
        with urllib.request.urlopen(address, timeout=SECONDS) as opened:
            return str(opened.read().decode())
    except urllib.error.HTTPError as error:
        return str(error.read().decode())


def test_pages_are_there_while_others_are_built(server: LiveServer, build: Build, tmp_path: Path) -> None:
    (tmp_path / "docs" / "page.md").write_text("Text.")
    assert build.begun.wait(SECONDS)
    assert "work/index.html" in answer(server, "/handbook/work/")


def test_a_report_is_in_the_place_of_its_page_alone(server: LiveServer, tmp_path: Path) -> None:
    server.show(tmp_path / "site", {"work/": "<body>Broken</body>"})
    for path in ("/handbook/work/", "/handbook/work/index.html", "/handbook/work"):
        assert "Broken" in answer(server, path)
        assert "livereload(" in answer(server, path)
    assert "Broken" not in answer(server, "/handbook/")


def test_a_report_for_everywhere_is_at_every_address_of_a_page(server: LiveServer, tmp_path: Path) -> None:
    server.show(tmp_path / "site", {EVERYWHERE: "<body>Broken</body>"})
    assert "Broken" in answer(server, "/handbook/")
    assert "Broken" in answer(server, "/handbook/no/such/page/")
    assert "style.css" in answer(server, "/handbook/style.css")


def test_a_browser_that_waits_is_told_of_the_next_page(server: LiveServer, tmp_path: Path) -> None:
    epoch = server._visible_epoch
    answers: list[str] = []
    thread = threading.Thread(target=lambda: answers.append(answer(server, f"/livereload/{epoch}/1")))
    thread.start()
    server.show(tmp_path / "site", {}, reload=False)
    assert server._visible_epoch == epoch
    server.show(tmp_path / "site", {})
    thread.join(SECONDS)
    assert int(answers[0]) > epoch


def test_an_address_without_a_page_waits_for_one(server: LiveServer) -> None:
    assert "404.html" in answer(server, "/handbook/new/")
    assert "livereload(" in answer(server, "/handbook/new/")
