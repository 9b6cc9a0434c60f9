"""Finds where a page says what its readers get: the source of a link, or of refused HTML."""

import re
from collections.abc import Iterator, Sequence, Set
from html import escape
from typing import Final
from urllib.parse import quote, unquote

from handbook.markup.refused_html import Refusal, located_refusals, tags
from handbook.markup.rendering import ADDRESSES, Link

_SHORTEST: Final = 3


def offsets_of_link(text: str, link: Link) -> list[int]:
    """Return the offsets at which a link is written in the text of a page, without code."""
    if not link.is_html:
        return offsets_of_address(text, link.address)
    key = ADDRESSES[link.element]
    return [
        offset
        for offset, element, attributes in tags(text)
        if element == link.element and attributes.get(key) == link.address
    ]


def addresses_in_html(text: str) -> Set[tuple[str, str | None]]:
    """Return the address of each link and picture that the text of a page has in HTML, after its element."""
    return {
        (element, attributes.get(ADDRESSES[element]))
        for _, element, attributes in tags(text)
        if element in ADDRESSES
    }


def offsets_of_address(text: str, address: str) -> list[int]:
    """Return the offsets at which an address is written in the text of a page, without code."""
    for written in dict.fromkeys(
        (address, escape(address), unquote(address), quote(address, safe="/#?&=:%"))
    ):
        pattern = re.compile(rf"""(?<=[(<"'=\s:]){re.escape(written)}(?=[)>"'\s]|\Z)""")
        if offsets := [match.start() for match in pattern.finditer(text)]:
            return offsets
    return list(_beginning_of(text, address))


def offsets_of_refusal(text: str, refusal: Refusal) -> list[int]:
    """Return the offsets at which refused HTML is written in the text of a page, without code."""
    if tags := [offset for offset, other in located_refusals(text) if other == refusal]:
        return tags
    if refusal.attribute in ("href", "src"):
        return offsets_of_address(text, refusal.value)
    for pattern in _attribute_patterns(refusal):
        if offsets := [match.start() for match in re.finditer(pattern, text)]:
            return offsets
    return []


def _attribute_patterns(refusal: Refusal) -> Iterator[str]:
    """Yield what an attribute list, such as `{ .wide onclick="" }`, may say."""
    value = re.escape(refusal.value)
    names: Sequence[str] = refusal.value.split() if refusal.attribute == "class" else ()
    yield from (rf"\.{re.escape(name)}(?=[\s}}])" for name in names if name.startswith(("md-", "mermaid")))
    if refusal.attribute == "id":
        yield rf"#{value}(?=[\s}}])"
    yield rf"(?i)\b{re.escape(refusal.attribute)}\s*="
    if value:
        yield value


def _beginning_of(text: str, address: str) -> Iterator[int]:
    """Yield the offset of the longest beginning of an address of which an expression makes a part."""
    for length in range(len(address), _SHORTEST - 1, -1):
        start = text.find(f"({address[:length]}")
        if start >= 0:
            yield start + 1
            return
