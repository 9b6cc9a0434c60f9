"""Tells readers of paper where a link to a mailbox leads."""

import re
from html import escape, unescape
from typing import Final
from urllib.parse import unquote

_LINK: Final = re.compile(
    r'<a(?P<attributes>(?: [^<>]*)? href="mailto:(?P<address>[^"?]+)[^"]*"[^<>]*)>(?P<text>.*?)</a>',
    re.DOTALL,
)
_TITLED: Final = re.compile(r'\stitle="')


def with_addresses(html: str) -> str:
    """Give the address as the title of each link to a mailbox whose text does not say it; print shows it."""
    return _LINK.sub(_titled, html) if "mailto:" in html else html


def _titled(link: re.Match[str]) -> str:
    address = unquote(unescape(link["address"]))
    if address in unescape(link["text"]) or _TITLED.search(link["attributes"]):
        return link.group()
    return f'<a{link["attributes"]} title="{escape(address)}">{link["text"]}</a>'
