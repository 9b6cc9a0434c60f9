"""Asks other hosts whether an address still answers: the one thing here that goes to the network."""

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

_AT_ONCE: Final = 4
_PERMANENT: Final = (301, 308)
_GONE: Final = (404, 410)
_REFUSED: Final = (401, 403, 405, 406, 429, 451, 999)
# Many sites answer HEAD with these and GET with the page.
_PERHAPS_ONLY_HEAD: Final = (400, 403, 404, 405, 406, 500, 501, 503)
_KEPT: Final = "%/:=&?~#+!$,;'@()*[]"


@dataclass(frozen=True, slots=True)
class Manners:
    """How other hosts are asked: for whom, how long for an answer, and how long between two questions."""

    agent: str
    timeout: float = 15.0
    pause: float = 1.0


def statuses(
    addresses: Iterable[str], manners: Manners, done: Callable[[], None] = lambda: None
) -> dict[str, Status]:
    """Try each address, a few hosts at once, one address of a host at a time; call `done` after each."""

    def try_host(group: Sequence[str]) -> dict[str, Status]:
        found: dict[str, Status] = {}
        for number, address in enumerate(group):
            time.sleep(manners.pause if number else 0)
            found[address] = status_of(address, manners)
            done()
        return found

    ordered = sorted(addresses, key=lambda address: (_host(address), address))
    groups = [list(group) for _, group in groupby(ordered, key=_host)]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return {address: status for found in pool.map(try_host, groups) for address, status in found.items()}


def status_of(address: str, manners: Manners) -> Status:
    """Ask with HEAD, and with GET where that says nothing; the page itself is not read."""
    code, moved = _ask("HEAD", address, manners)
    if code in _PERHAPS_ONLY_HEAD:
        code, moved = _ask("GET", address, manners)
    if code is not None and 200 <= code < 300:
        return "moved" if moved else "works"
    if code in _GONE:
        return "gone"
    return "refuses" if code in _REFUSED else "fails"


def _host(address: str) -> str:
    return urlsplit(address).netloc.lower()


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects by the same method, and remembers whether one said that it is for good."""

    def __init__(self) -> None:
        self.for_good = False

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        new = super().redirect_request(req, fp, code, msg, headers, newurl)
        self.for_good |= code in _PERMANENT
        if new is not None:
            new.method = req.get_method()
        return new


def _ask(method: str, address: str, manners: Manners) -> tuple[int | None, bool]:
    """Return the answer's code, None where there is none, and whether the address moved for good."""
    redirects = _Redirects()
    opener = urllib.request.OpenerDirector()  # Not build_opener: that one opens files, too.
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
    try:
        request = urllib.request.Request(  # noqa: S310 - the opener knows http and https alone
            quote(address, safe=_KEPT), method=method, headers={"User-Agent": manners.agent, "Accept": "*/*"}
        )
        with opener.open(request, timeout=manners.timeout) as answer:
            return answer.status, redirects.for_good
    except urllib.error.HTTPError as error:
        with error:
            return error.code, redirects.for_good
    except (OSError, http.client.HTTPException, ValueError):
        return None, redirects.for_good
