"""The server of the measurements answers as a web server that compresses and caches."""

import gzip
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from email.message import Message
from pathlib import Path

import pytest

from scripts.development.measure.compressed_server import served


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    site = tmp_path / "site"
    (site / "assets" / "0123456789ab").mkdir(parents=True)
    (site / "index.html").write_text("<h1>Start</h1>")
    (site / "404.html").write_text("<h1>Missing</h1>")
    (site / "assets" / "0123456789ab" / "handbook.css").write_text("body {}")
    (tmp_path / "secret.txt").write_text("secret")
    with served(site) as address:
        yield address


def _ask(address: str, headers: Mapping[str, str] | None = None) -> tuple[int, Message, bytes]:
    request = urllib.request.Request(address, headers=dict(headers or {}))  # noqa: S310 - our own server
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310 - our own server
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.headers, answer.read()


def test_a_page_is_compressed_and_asked_for_again(address: str) -> None:
    status, headers, content = _ask(address)
    assert (status, headers["Cache-Control"]) == (200, "no-cache")
    assert gzip.decompress(content) == b"<h1>Start</h1>"
    assert _ask(address, {"If-None-Match": headers["ETag"]})[0] == 304


def test_what_is_named_by_its_content_is_kept(address: str) -> None:
    assert "immutable" in _ask(f"{address}assets/0123456789ab/handbook.css")[1]["Cache-Control"]


@pytest.mark.parametrize("path", ["missing/", "assets/", "..%2fsecret.txt", "%2e%2e/secret.txt"])
def test_what_is_not_in_the_site_gets_the_page_for_it(address: str, path: str) -> None:
    status, _, content = _ask(address + path)
    assert (status, gzip.decompress(content)) == (404, b"<h1>Missing</h1>")
