"""The three forms of `latest`: a link, a copy of what it leads to, or pages that lead there.

Several hosts refuse symbolic links. A copy is twice as large, and a page that leads elsewhere loses what the
address asked and the place in the page.
"""

import html
import posixpath
from collections.abc import Iterable
from enum import Enum
from typing import Final

_REFRESH: Final = b'http-equiv="refresh"'
_PAGE: Final = """<!doctype html>
<html>
<meta charset="utf-8">
<title>{address}</title>
<meta http-equiv="refresh" content="0; url={address}">
<link rel="canonical" href="{address}">
<p><a href="{address}">{address}</a></p>
</html>
"""


class Latest(Enum):
    """How `latest` leads to an edition."""

    LINK = "link"
    COPY = "copy"
    REDIRECT = "redirect"


def form_of(start_page: bytes | None) -> Latest:
    """Tell the form of `latest` from its start page; without one, it is a link."""
    if start_page is None:
        return Latest.LINK
    return Latest.REDIRECT if _REFRESH in start_page else Latest.COPY


def redirects(alias: str, target: str, paths: Iterable[str]) -> dict[str, bytes]:
    """Return the pages that lead from the alias to the pages of its target, by path.

    `paths` has the files that are published; those that are not pages below the target are left out.
    """
    start = f"{target}/"
    pages = (path.removeprefix(start) for path in paths if path.startswith(start) and path.endswith(".html"))
    return {f"{alias}/{page}": _redirect(f"{alias}/{page}", f"{start}{page}") for page in pages}


def _redirect(page: str, goal: str) -> bytes:
    relative = posixpath.relpath(goal, posixpath.dirname(page))
    address = relative.removesuffix("index.html")
    return _PAGE.format(address=html.escape(address)).encode()
