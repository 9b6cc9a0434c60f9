"""`handbook links` as its user runs it; nothing here asks another machine."""

import json
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner, Result

from scripts.cli import main
from scripts.link_requests import RequestSettings, status_of, statuses
from tests.conftest import PAGE, ROOT

Write = Callable[[str, str | bytes], Path]
BODY = """
See [one](https://one.org/a_(b)#part), <https://two.org/x?a=1&b=2>, and https://three.org/end.
{{ at_a_glance(may=["Read [four](https://four.org/)"], ask=["Ask"], never=["Never"]) }}
[five]: https://five.org "Title"
`https://code.org/` <!-- https://comment.org/ --> https://intranet.example.org/x https://example.com/
"""
REGISTER = """\
# Ours. Keep the order.
links:   # all of them
  # About bees.
  - address: "https://bees.org/"   # buzz
    checked: 2026-01-02
    status: works
  - address: https://dogs.org/
  # Last of all.
  - address: https://zoo.org/
    status: gone # sadly
    checked: 2026-01-03
"""


@pytest.fixture(autouse=True)
def _without_the_addresses_of_the_sample(folder: Path) -> None:
    for name in ("helplines", "library", "links", "platform_facts", "platforms", "regulations", "sources"):
        (folder / "registers" / f"{name}.yml").unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def register(folder: Path) -> Path:
    """The path of the register; the sample's is taken away."""
    file = folder / "registers" / "links.yml"
    file.unlink(missing_ok=True)
    return file


def _links(folder: Path, *arguments: str) -> Result:
    command = ["links", "--root", str(folder), "--today", "2026-11-20", *arguments]
    return CliRunner().invoke(main, command, catch_exceptions=False)


def _records(folder: Path) -> dict[str, Any]:
    shown = json.loads(_links(folder, "--format", "json").stdout)
    return {link.pop("address"): link for link in shown["links"]}


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object, **_named: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(urllib.request.OpenerDirector, "open", refuse)


def test_the_register_of_the_sample_is_complete(no_network: None) -> None:
    result = CliRunner().invoke(main, ["links", "--root", str(ROOT)], catch_exceptions=False)
    assert [line for line in result.stdout.splitlines() if line.startswith("not registered")] == []
    assert result.exit_code == 0


def test_each_outside_address_is_found_with_its_place(folder: Path, write: Write, no_network: None) -> None:
    write("docs/page.md", PAGE + BODY)
    write("registers/more.yml", "a:\n  - {b: 'See https://six.org/.'}\n# https://comment.org/\n")
    assert {
        address: [f"{use['path']}:{use['line']}" for use in record["uses"]]
        for address, record in _records(folder).items()
    } == {
        "https://one.org/a_(b)": ["docs/page.md:12"],
        "https://two.org/x?a=1&b=2": ["docs/page.md:12"],
        "https://three.org/end": ["docs/page.md:12"],
        "https://four.org/": ["docs/page.md:13"],
        "https://five.org": ["docs/page.md:14"],
        "https://six.org/": ["registers/more.yml:2"],
    }


def test_an_address_is_the_one_that_the_built_page_links_to(
    folder: Path, write: Write, no_network: None
) -> None:
    links = r"[n](https://two.org/a_(b_(c))) [esc](https://three.org/a\_b) [s](<https://four.org/a b>)"
    write("docs/page.md", f"{PAGE}\n{links}\n")
    write("registers/more.yml", r"a: 'https://five.org/a\_b.'" + "\nb: See [one](https://one.org/a_(b)).\n")
    assert set(_records(folder)) == {
        "https://two.org/a_(b_(c))",
        "https://three.org/a_b",
        "https://four.org/a%20b",
        "https://five.org/a/_b.",
        "https://one.org/a_(b)",
    }


def test_an_address_that_is_not_registered_fails_until_it_is(
    folder: Path, write: Write, no_network: None
) -> None:
    write("docs/page.md", f"{PAGE}\n<https://one.org/>\n")
    result = _links(folder)
    assert result.exit_code == 1
    assert result.stdout.startswith("not registered ")
    assert result.stdout.endswith("  https://one.org/  docs/page.md:12\n")
    assert result.stderr.endswith("run: handbook links --update\n")
    assert _links(folder, "--update").exit_code == 0
    assert _links(folder).stdout.startswith("never checked ")


def test_an_update_changes_only_the_lines_of_new_and_unused_addresses(
    folder: Path, write: Write, register: Path
) -> None:
    for ends in ("\n", "\r\n"):
        register.write_bytes(REGISTER.replace("\n", ends).encode())
        write(
            "docs/page.md",
            f"{PAGE}\nhttps://bees.org/ https://cats.org/ https://ants.org/ https://zoo.org/z\n",
        )
        assert _links(folder, "--update").exit_code == 0
        assert register.read_bytes().decode() == (
            REGISTER.replace(
                '  - address: "https://bees', '  - address: https://ants.org/\n  - address: "https://bees'
            )
            .replace("  - address: https://dogs.org/\n", "  - address: https://cats.org/\n")
            .partition("  - address: https://zoo")[0]
            + "  - address: https://zoo.org/z\n"
        ).replace("\n", ends)


def test_a_register_can_be_emptied_and_filled_again(folder: Path, write: Write, register: Path) -> None:
    register.write_text("# Ours.\nlinks:\n  - address: https://dogs.org/", encoding="utf-8")
    _links(folder, "--update")
    assert register.read_text("utf-8") == "# Ours.\nlinks: []\n"
    write("docs/page.md", f"{PAGE}\nhttps://b.org/ https://a.org/\n")
    _links(folder, "--update")
    filled = "# Ours.\nlinks:\n  - address: https://a.org/\n  - address: https://b.org/\n"
    assert register.read_text("utf-8") == filled
    _links(folder, "--update")
    assert register.read_text("utf-8") == filled


WRONG = {
    "address": ("links:\n  - address: ftp://a.org/\n", "links.yml:2:14: 'links.1.address'"),
    "status": ("links:\n  - address: https://a.org/\n    status: okay\n", "'okay'"),
    "twice": ("links:\n  - address: https://a.org/\n  - address: https://a.org/\n", "'links.2.address'"),
    "half": ("links:\n  - address: https://a.org/\n    status: gone\n", "status and checked"),
    "brackets": ("links: [{address: https://a.org/}]\n", "brackets"),
    "other": ("link: []\n", "did you mean 'links'?"),
    "nothing": ("links:\n", "'links' has no value"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_register_with_a_mistake_is_not_touched(folder: Path, register: Path, name: str) -> None:
    text, named = WRONG[name]
    register.write_text(text, encoding="utf-8")
    result = _links(folder, "--update")
    assert result.exit_code == 2
    assert named in result.stderr
    assert register.read_text("utf-8") == text


class _Site(BaseHTTPRequestHandler):
    """Answers by its path: a code, or a redirect; notes who asked."""

    asked: ClassVar[list[tuple[str, str, str]]] = []
    elsewhere: ClassVar[dict[str, tuple[int, str]]] = {
        "/moved": (301, "/200"),
        "/for-now": (302, "/200"),
        "/moved-away": (308, "/404"),
        "/file": (302, "file:///etc/hostname"),
        "/round": (302, "/round"),
    }

    def do_HEAD(self) -> None:
        path = urlsplit(self.path).path  # A proxy gets the whole address.
        self.asked.append((self.command, path, self.headers["User-Agent"]))
        if path == "/silent":
            threading.Event().wait(1)
        code, target = self.elsewhere.get(path, (0, ""))
        if path == "/only-get":
            code = 405 if self.command == "HEAD" else 200
        self.send_response(code or int(path[1:] if path[1:].isdecimal() else 200))
        if target:
            self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815 - the name is the library's

    def log_message(self, *_given: object) -> None:
        """Print nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(_Site, "asked", [])
    with ThreadingHTTPServer(("127.0.0.1", 0), _Site) as site:
        threading.Thread(target=site.serve_forever, args=(0.01,)).start()
        yield f"http://127.0.0.1:{site.server_address[1]}"
        site.shutdown()


ANSWERS = {
    "/200": "works",
    "/only-get": "works",
    "/for-now": "works",
    "/moved": "moved",
    "/moved-away": "gone",
    "/404": "gone",
    "/410": "gone",
    "/403": "refuses",
    "/429": "refuses",
    "/500": "fails",
    "/file": "fails",
    "/round": "fails",
    "/silent": "fails",
    "/é": "works",
}


def test_each_answer_becomes_a_word_for_people(server: str) -> None:
    settings = RequestSettings("tests", timeout=0.4, pause=0)
    results = statuses([server + path for path in ANSWERS], settings)
    assert {address.removeprefix(server): status for address, status in results.items()} == ANSWERS


def test_a_host_that_does_not_answer_fails(server: str) -> None:
    closed = "http://127.0.0.1:1/"
    assert statuses([closed], RequestSettings("tests", timeout=0.4, pause=0)) == {closed: "fails"}


def test_get_is_asked_only_where_head_says_nothing(server: str) -> None:
    for path in ("/moved", "/410", "/only-get"):
        status_of(server + path, RequestSettings("tests"))
    assert [(method, path) for method, path, _ in _Site.asked] == [
        ("HEAD", "/moved"),
        ("HEAD", "/200"),
        ("HEAD", "/410"),
        ("HEAD", "/only-get"),
        ("GET", "/only-get"),
    ]


def test_between_two_questions_to_a_host_is_a_pause(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    statuses([f"{server}/200", f"{server}/410"], RequestSettings("tests", pause=2.5))
    assert pauses == [0, 2.5]


def test_results_are_written_with_the_day_and_nothing_else_changes(
    folder: Path, write: Write, register: Path, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server is the proxy here, and answers for every host."""
    monkeypatch.delenv("no_proxy")
    monkeypatch.setenv("http_proxy", server)
    text = REGISTER
    for name, path in {"bees": "404", "dogs": "200", "zoo": "moved"}.items():
        text = text.replace(f"https://{name}.org/", f"http://{name}.org/{path}")
    register.write_text(text, encoding="utf-8")
    write("docs/page.md", f"{PAGE}\nhttp://bees.org/404 http://dogs.org/200 http://zoo.org/moved\n")
    result = _links(folder, "--check")
    assert (result.exit_code, "gone 2026-11-20" in result.stdout) == (1, True)
    assert register.read_text("utf-8") == (
        text.replace("checked: 2026-01-02\n    status: works", "checked: 2026-11-20\n    status: gone")
        .replace("dogs.org/200\n", "dogs.org/200\n    status: works\n    checked: 2026-11-20\n")
        .replace(
            "status: gone # sadly\n    checked: 2026-01-03", "status: moved # sadly\n    checked: 2026-11-20"
        )
    )
    assert {agent for _, _, agent in _Site.asked} == {"handbook-links (+https://handbook.example.org/)"}


def test_without_a_network_nothing_is_recorded(
    folder: Path, write: Write, register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proxy is a port that nobody listens on."""
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    register.write_text(REGISTER, encoding="utf-8")
    result = _links(folder, "--check")
    assert (result.exit_code, "none of the 3 addresses answered" in result.stderr) == (2, True)
    assert register.read_text("utf-8") == REGISTER


def test_only_check_goes_to_the_network(folder: Path, write: Write, no_network: None) -> None:
    write("docs/page.md", f"{PAGE}\nhttps://one.org/\n")
    for arguments in ((), ("--update",), ("--format", "json")):
        _links(folder, *arguments)
    with pytest.raises(AssertionError, match="the network was asked"):
        _links(folder, "--check")
