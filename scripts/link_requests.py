"""Asks other hosts whether an address still works."""

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final
from urllib.parse import quote, urlsplit

from handbook.registers.links import Status

_PARALLEL_HOSTS: Final = 4
_PERMANENT: Final = (301, 308)
_GONE: Final = (404, 410)
_REFUSED: Final = (401, 403, 405, 406, 429, 451, 999)
# Many sites answer HEAD with one of these, but GET with the page.
_RETRY_WITH_GET: Final = (400, 403, 404, 405, 406, 500, 501, 503)
_KEPT: Final = "%/:=&?~#+!$,;'@()*[]"


@dataclass(frozen=True, slots=True)
class RequestSettings:
    """The user agent, the seconds to wait for a response, and the pause between requests to one host."""

    agent: str
    timeout: float = 15.0
    pause: float = 1.0


def statuses(
    addresses: Iterable[str], settings: RequestSettings, done: Callable[[], None] = lambda: None
) -> dict[str, Status]:
    """Check each address, a few hosts in parallel, each host's addresses in turn; call `done` after each."""

    def check_host(group: Sequence[str]) -> dict[str, Status]:
        results: dict[str, Status] = {}
        for number, address in enumerate(group):
            time.sleep(settings.pause if number else 0)
            results[address] = status_of(address, settings)
            done()
        return results

    ordered = sorted(addresses, key=lambda address: (_host(address), address))
    groups = [list(group) for _, group in groupby(ordered, key=_host)]
    with ThreadPoolExecutor(_PARALLEL_HOSTS) as pool:
        return {
            address: status for results in pool.map(check_host, groups) for address, status in results.items()
        }


def status_of(address: str, settings: RequestSettings) -> Status:
    """Request an address with HEAD, and with GET if that is inconclusive; the page itself is not read."""
    code, moved = _request("HEAD", address, settings)
    if code in _RETRY_WITH_GET:
        code, moved = _request("GET", address, settings)
    if code is not None and 200 <= code < 300:
        return "moved" if moved else "works"
    if code in _GONE:
        return "gone"
    return "refuses" if code in _REFUSED else "fails"


def _host(address: str) -> str:
    return urlsplit(address).netloc.lower()


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects with the same method, and remembers whether one was permanent."""

    def __init__(self) -> None:
        self.permanent = False

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        new = super().redirect_request(req, fp, code, msg, headers, newurl)
        self.permanent |= code in _PERMANENT
        if new is not None:
            new.method = req.get_method()
        return new


def _request(method: str, address: str, settings: RequestSettings) -> tuple[int | None, bool]:
    """Return the status code, None without a response, and whether the address moved permanently."""
    redirects = _Redirects()
    try:
        request = urllib.request.Request(  # noqa: S310 - the opener knows only http and https
            quote(address, safe=_KEPT),
            method=method,
            headers={"User-Agent": settings.agent, "Accept": "*/*"},
        )
        with _opener(redirects).open(request, timeout=settings.timeout) as answer:
            return answer.status, redirects.permanent
    except urllib.error.HTTPError as error:
        with error:
            return error.code, redirects.permanent
    except (OSError, http.client.HTTPException, ValueError):
        return None, redirects.permanent


def _opener(redirects: _Redirects) -> urllib.request.OpenerDirector:
    """Return an opener that, unlike that of `build_opener`, opens no local files."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
        redirects,
    ):
        opener.add_handler(handler)
    return opener
