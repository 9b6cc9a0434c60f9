"""The configurations in deploy/ say the same for both servers, and agree with what is compressed."""

import re

import pytest

from handbook.hosting.compressed_files import KINDS
from handbook.hosting.editor_headers import editor_headers
from handbook.hosting.headers import headers as header_list
from tests.conftest import ROOT

DEPLOY = ROOT / "deploy"
HEADER = re.compile(r"^(?:add_header|Header always set) (\S+) (.+?)(?: always;)?$", re.MULTILINE)


def _text(path: str) -> str:
    return (DEPLOY / path).read_text(encoding="utf-8")


VALUES = {
    r"\$handbook_frames|\$\{HANDBOOK_FRAMES\}": "FRAMES",
    r"\$handbook_editor_api|\$\{HANDBOOK_EDITOR_API\}": "https://api.example.org",
}
OF_THE_EDITOR = ' "expr=%{REQUEST_URI} =~ m#^/edit/#"'


def _filled(path: str) -> str:
    """Return a configuration with the same words for the variables of both servers."""
    text = _text(path)
    for variable, value in VALUES.items():
        text = re.sub(variable, value, text)
    return text


def _of_nginx(place: str) -> dict[str, str]:
    """Return the headers for a place of the maps: `default`, or that of the editor."""
    maps = re.findall(r"map \$uri (\$\w+) \{([^}]*)\}", _filled("nginx/handbook/maps.conf"))
    value_there = re.compile(rf"^    {re.escape(place)} +(.+);$", re.MULTILINE)
    chosen: dict[str, str] = {name: value_there.findall(lines)[0] for name, lines in maps}
    headers: dict[str, str] = dict(HEADER.findall(_filled("nginx/handbook/headers.conf")))
    return {
        name: chosen.get(value, value).strip('"') for name, value in headers.items() if "Cache" not in name
    }


def _of_apache(condition: str) -> dict[str, str]:
    """Return the headers that are sent on a condition, such as that of the editor."""
    headers = HEADER.findall(_filled("apache/handbook/headers.conf"))
    kept = [(name, value) for name, value in headers if ("expr=" in value) is bool(condition)]
    return {
        name: value.removesuffix(condition).strip('"') for name, value in kept if not name.startswith("Cache")
    }


def test_both_servers_send_the_same_headers() -> None:
    headers = _of_nginx("default")
    assert headers == header_list("FRAMES")
    assert _of_apache("") == headers
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_both_servers_send_the_editor_a_policy_of_its_own() -> None:
    own = editor_headers("https://api.example.org")
    assert _of_nginx('"~^/edit/"') == {**header_list("FRAMES"), **own}
    assert _of_apache(OF_THE_EDITOR) == own
    policy = dict(part.split(" ", 1) for part in own["Content-Security-Policy"].split("; "))
    assert policy["script-src"] == "'self'"
    assert policy["default-src"] == policy["frame-ancestors"] == policy["form-action"] == "'none'"
    assert policy["connect-src"] == "'self' data: blob: https://api.example.org"


def test_without_an_api_the_editor_reaches_nothing_else() -> None:
    assert "://" not in editor_headers(None)["Content-Security-Policy"]


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
