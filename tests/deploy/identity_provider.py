"""Who signs on: a provider for tests, and an authorizer that does for nginx what oauth2-proxy does."""

import base64
import json
import secrets
import subprocess
import sys
import threading
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

from tests.deploy.servers import free_port, wait_for

STAFF: Final = {"sub": "ann", "email": "ann@example.org", "groups": ["staff"]}
AUDITOR: Final = {"sub": "ada", "email": "ada@example.org", "groups": ["staff", "audit"]}
_COOKIE: Final = "_oauth2_proxy"


@contextmanager
def provider(folder: Path) -> Iterator[str]:
    """Run the provider, and give its address."""
    port, log = free_port(), folder / "provider.txt"
    people = [part for person in (STAFF, AUDITOR) for part in ("--user-claims", json.dumps(person))]
    program = Path(sys.executable).with_name("oidc-provider-mock")
    with log.open("wb") as file:
        process = subprocess.Popen([program, "-p", str(port), *people], stdout=file, stderr=file)
    try:
        wait_for(port, process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


@dataclass(slots=True)
class Authorizer:
    """Knows who signed on. `handbook` is where people come back to."""

    provider: str
    port: int = 0
    handbook: str = ""
    waiting: dict[str, str] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=dict)

    @property
    def callback(self) -> str:
        return f"{self.handbook}oauth2/callback"

    def start(self, goal: str) -> str:
        """Return where to sign on, and remember where somebody wanted to go."""
        state = secrets.token_urlsafe()
        self.waiting[state] = goal
        asked = {"client_id": "handbook", "response_type": "code", "scope": "openid email profile"}
        return (
            f"{self.provider}/oauth2/authorize?"
            f"{urllib.parse.urlencode({**asked, 'redirect_uri': self.callback, 'state': state})}"
        )

    def finish(self, code: str) -> str:
        """Ask the provider who has this code, and return the name of the session."""
        body = {"grant_type": "authorization_code", "code": code, "redirect_uri": self.callback}
        tokens = self._asked("oauth2/token", f"Basic {_encoded('handbook:secret')}", body)
        person = self._asked("userinfo", f"Bearer {tokens['access_token']}")
        session = secrets.token_urlsafe()
        self.groups[session] = person["groups"]
        return session

    def _asked(self, path: str, credentials: str, body: dict[str, str] | None = None) -> dict[str, Any]:
        data = urllib.parse.urlencode(body).encode() if body else None
        request = urllib.request.Request(  # noqa: S310 - the provider is on this computer
            f"{self.provider}/{path}", data, {"Authorization": credentials}
        )
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            record: dict[str, Any] = json.load(answer)
        return record


@contextmanager
def authorizer(address: str) -> Iterator[Authorizer]:
    """Run the authorizer for a provider at an address."""
    known = Authorizer(address)
    handler = type("_Bound", (_Handler,), {"authorizer": known})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        known.port = server.server_port
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield known
        server.shutdown()


class _Handler(BaseHTTPRequestHandler):
    """The addresses of oauth2-proxy that the configuration uses."""

    authorizer: Authorizer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        asked = dict(urllib.parse.parse_qsl(query))
        if path == "/oauth2/auth":
            self._answer(self._status(asked.get("allowed_groups")))
        elif path == "/oauth2/start":
            goal = asked.get("rd") or self.headers["X-Auth-Request-Redirect"]
            self._answer(302, Location=self.authorizer.start(goal))
        elif path == "/oauth2/callback" and asked.get("state") in self.authorizer.waiting:
            session = self.authorizer.finish(asked["code"])
            cookie = f"{_COOKIE}={session}; Path=/; Secure; HttpOnly; SameSite=Lax"
            self._answer(302, Location=self.authorizer.waiting.pop(asked["state"]), Set_Cookie=cookie)
        else:
            self._answer(404)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _status(self, group: str | None) -> int:
        cookies = (part.strip().partition("=") for part in self.headers.get("Cookie", "").split(";"))
        session = next((value for name, _, value in cookies if name == _COOKIE), "")
        groups = self.authorizer.groups.get(session)
        if groups is None:
            return 401
        return 403 if group and group not in groups else 202

    def _answer(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing: the servers ask for much."""


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
