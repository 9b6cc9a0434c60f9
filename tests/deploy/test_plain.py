"""What both servers say to everybody: headers, compressed files, caching, and what is refused."""

import gzip
import http.client
import re
from pathlib import Path

import pytest

from handbook.content.assets import HARMLESS
from handbook.hosting.editor_headers import editor_headers
from tests.deploy.conftest import EDITION
from tests.deploy.servers import NAME, Server

TOPS = ("/", f"/{EDITION}/", "/latest/")
KEPT = "public, max-age=31536000, immutable"
ASKED_AGAIN = "public, no-cache"
PAGE = "/policy/work/"


def _style(site: Path) -> str:
    return "/" + next(site.glob("assets/*/handbook.css")).relative_to(site).as_posix()


@pytest.mark.parametrize(
    "path", ["/", PAGE, "/latest/search/en.json", "/reviews.ics", "/nowhere/", "/policy"]
)
def test_every_answer_has_the_headers(server: Server, path: str) -> None:
    headers = server.ask(path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data: blob:",
        "connect-src": "'self'",
        "font-src": "'self'",
        "media-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "geolocation=()" in headers["permissions-policy"]
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert not re.search(r"\d", headers["server"])


@pytest.mark.parametrize("path", ["/edit/", "/edit/index.html", "/%65dit/", "/policy/../edit/"])
def test_the_editor_has_a_policy_of_its_own(server: Server, path: str) -> None:
    headers = server.ask(path).headers
    for name, value in editor_headers("https://git.example.org").items():
        assert headers[name.lower()] == value
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/edit/../policy/work/", "/edit/no/such/page/", "/latest/edit/", "/edition/", "/policy/edit/"]
)
def test_no_other_page_has_that_policy(server: Server, path: str) -> None:
    assert "unsafe-inline" not in server.ask(path).headers["content-security-policy"]
    assert server.ask(path).headers["cross-origin-opener-policy"] == "same-origin"


@pytest.mark.parametrize("top", TOPS)
def test_a_page_is_asked_for_again_and_assets_are_kept(server: Server, served_site: Path, top: str) -> None:
    at = top.rstrip("/")
    assert server.ask(at + PAGE).headers["cache-control"] == ASKED_AGAIN
    assert server.ask(f"{at}/search/en.json").headers["cache-control"] == ASKED_AGAIN
    assert server.ask(f"{at}/reviews.ics").headers["cache-control"] == ASKED_AGAIN
    style = server.ask(at + _style(served_site))
    assert (style.status, style.headers["cache-control"]) == (200, KEPT)


def test_assets_that_are_missing_are_not_kept(server: Server, served_site: Path) -> None:
    missing = server.ask(_style(served_site).replace("handbook.css", "none.css"))
    assert (missing.status, missing.headers["cache-control"]) == (404, ASKED_AGAIN)


@pytest.mark.parametrize("path", [PAGE, "/latest" + PAGE, "/search/en.json"])
def test_what_did_not_change_is_not_sent_again(server: Server, path: str) -> None:
    for encoding in ("gzip", "identity"):
        first = server.ask(path, Accept_Encoding=encoding)
        again = server.ask(path, Accept_Encoding=encoding, If_None_Match=first.headers["etag"])
        assert (again.status, again.body) == (304, b"")
        assert again.headers["cache-control"] == ASKED_AGAIN


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (PAGE, "text/html; charset=utf-8"),
        ("/fr/", "text/html; charset=utf-8"),
        ("/search/en.json", "application/json"),
        ("/reviews.ics", "text/calendar; charset=utf-8"),
        ("/audit/data/register.csv", "text/csv; charset=utf-8"),
        ("/audit/data/compliance.svg", "image/svg+xml"),
    ],
)
def test_a_file_is_sent_compressed_to_those_who_read_that(
    server: Server, served_site: Path, path: str, kind: str
) -> None:
    file = served_site / path.removeprefix("/")
    plain = (file / "index.html" if path.endswith("/") else file).read_bytes()
    packed = server.ask(path, Accept_Encoding="gzip, deflate, br")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["content-type"].lower().startswith(kind)
    assert "accept-encoding" in packed.headers["vary"].lower()
    assert gzip.decompress(packed.body) == plain
    assert len(packed.body) < len(plain)
    unpacked = server.ask(path, Accept_Encoding="identity")
    assert "content-encoding" not in unpacked.headers
    assert "accept-encoding" in unpacked.headers["vary"].lower()
    assert unpacked.headers["content-type"] == packed.headers["content-type"]
    assert unpacked.body == plain


@pytest.mark.parametrize("top", TOPS)
def test_a_page_that_is_missing_says_so_in_the_frame_of_its_edition(
    server: Server, served_site: Path, top: str
) -> None:
    answer = server.ask(f"{top}no/such/page/", Accept_Encoding="identity")
    assert answer.status == 404
    assert answer.body == (served_site / top.removeprefix("/") / "404.html").read_bytes()


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/.nojekyll",
        "/policy/.hidden.html",
        "/%2egit/config",
        "/policy/%2ehidden.html",
        "/latest/.git/config",
        "//.git/config",
    ],
)
def test_hidden_files_are_nobodys_business(server: Server, path: str) -> None:
    answer = server.ask(path, Accept_Encoding="identity")
    assert answer.status == 404
    assert b"[core]" not in answer.body
    assert answer.body.strip() != b"hidden"


@pytest.mark.parametrize(
    "path",
    [
        "/../../../../etc/passwd",
        "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/policy/..%2f..%2f..%2f..%2fetc/passwd",
        "/assets/..\\..\\..\\etc\\passwd",
        "/latest/../../outside.html",
        "/latest/%2e%2e/%2e%2e/outside.html",
        "/policy/%00/../index.html",
    ],
)
def test_nothing_outside_of_the_site_is_served(server: Server, served_site: Path, path: str) -> None:
    (served_site.parent / "outside.html").write_text("outside\n")
    answer = server.ask(path)
    assert answer.status in (400, 403, 404)
    assert b"root:" not in answer.body
    assert answer.body != b"outside\n"


def test_folders_are_not_listed(server: Server) -> None:
    answer = server.ask("/assets/")
    assert answer.status in (403, 404)
    assert b"Index of" not in answer.body


@pytest.mark.parametrize("top", ["", f"/{EDITION}", "/latest"])
def test_a_redirect_names_no_host(server: Server, top: str) -> None:
    for path in (f"{top}/policy/work", f"{top}/fr"):
        answer = server.ask(path, Host="other.example.net")
        assert (answer.status, answer.headers["location"]) == (301, f"{path}/")
        asked = server.ask(f"{path}?q=a+photo")
        assert asked.headers["location"] == f"{path}/?q=a+photo"


def test_an_address_without_encryption_leads_to_the_one_with(server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.plain_port, timeout=20)
    connection.request("GET", "/policy/work/?q=a", headers={"Host": "other.example.net"})
    answer = connection.getresponse()
    connection.close()
    assert (answer.status, answer.headers["location"]) == (301, f"https://{NAME}/policy/work/?q=a")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "TRACE"])
def test_nobody_can_send_anything(server: Server, method: str) -> None:
    assert server.ask(PAGE, method).status in (403, 404, 405)


@pytest.mark.parametrize("ending", HARMLESS)
def test_every_file_that_may_be_published_has_a_kind(server: Server, served_site: Path, ending: str) -> None:
    (served_site / f"file.{ending}").write_bytes(b"x")
    kind = server.ask(f"/file.{ending}").headers["content-type"]
    assert kind.partition(";")[0] not in ("application/octet-stream", "text/html")
