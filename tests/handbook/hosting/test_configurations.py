"""The configurations in deploy/ say the same for both servers, and agree with what is compressed."""

import re

import pytest

from handbook.hosting.compressed_files import KINDS
from handbook.hosting.headers import headers as header_list
from tests.conftest import ROOT

DEPLOY = ROOT / "deploy"
HEADER = re.compile(r"^(?:add_header|Header always set) (\S+) (.+?)(?: always;)?$", re.MULTILINE)


def _text(path: str) -> str:
    return (DEPLOY / path).read_text(encoding="utf-8")


def _headers(path: str) -> dict[str, str]:
    """Return the headers that do not depend on what is asked for, with the same word for the variable."""
    text = re.sub(r"\$handbook_frames|\$\{HANDBOOK_FRAMES\}", "FRAMES", _text(path))
    found = {name: value.strip('"') for name, value in HEADER.findall(text)}
    return {name: value for name, value in found.items() if name != "Cache-Control"}


def test_both_servers_send_the_same_headers() -> None:
    headers = _headers("nginx/handbook/headers.conf")
    assert headers == header_list("FRAMES")
    assert _headers("apache/handbook/headers.conf") == headers
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_both_servers_know_the_same_kinds_of_files() -> None:
    nginx = re.findall(r"^    (\S+/\S+) +(.+);$", _text("nginx/handbook/types.conf"), re.MULTILINE)
    apache = re.findall(r"^AddType (\S+) (.+)$", _text("apache/handbook/types.conf"), re.MULTILINE)
    assert nginx
    assert [(kind, endings.replace(".", "")) for kind, endings in apache] == nginx


def test_apache_looks_for_what_is_compressed() -> None:
    lists = re.findall(r"\(\?:(atom[a-z|]+)\)", _text("apache/handbook/site.conf"))
    assert [{f".{kind}" for kind in each.split("|")} for each in lists] == [KINDS, KINDS]


@pytest.mark.parametrize("name", ["handbook.conf", "handbook-sign-on.conf"])
def test_nothing_in_nginx_drops_the_headers(name: str) -> None:
    """An `add_header` in a location would drop those of the server."""
    texts = [_text(f"nginx/{name}"), *(file.read_text() for file in (DEPLOY / "nginx/handbook").iterdir())]
    locations = [part for text in texts for part in re.findall(r"location [^{]*\{([^}]*)\}", text)]
    assert locations
    assert not [part for part in locations if "add_header" in part]
