"""What the platforms of a few lines in this folder share: how a request of the editor is answered."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import unquote

from playwright.sync_api import Route

ALLOWED: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Allow-Methods": "*",
}
_WITH_BODY: Final = ("POST", "PUT", "PATCH")


def answer(route: Route, host: str, token: str, refusal: str, reply: Callable[[str, str, Any], Any]) -> None:
    """Answer whoever has the token by `reply(method, path, body)`, of which None is an empty answer."""
    request = route.request
    if request.method == "OPTIONS":
        route.fulfill(status=204, headers=ALLOWED)
        return
    if token not in (request.headers.get("authorization") or ""):
        route.fulfill(status=401, headers=ALLOWED, json={"message": refusal})
        return
    path = unquote(request.url.removeprefix(host).partition("?")[0])
    body = request.post_data_json if request.method in _WITH_BODY else None
    said = reply(request.method, path, body)
    if said is None:
        route.fulfill(status=204, headers=ALLOWED)
    else:
        route.fulfill(status=200, headers=ALLOWED, json=said)
