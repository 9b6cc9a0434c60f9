"""Finds the links and images of Markdown, as Python-Markdown reads them."""

import re
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from handbook.text.markdown.code import Span

DEFINITION: Final = re.compile(
    r"""^[ \t>]*+\[(?!\^)(?P<label>[^\[\]\n]++)\]:[ \t]*+\n?+[ \t]*+(?P<address><[^<>\n]*+>|[^\s<]\S*+)"""
    r"""(?:[ \t]*+\n?+[ \t]*+(?P<title>"[^"\n]*+"|'[^'\n]*+'|\([^()\n]*+\)))?+[ \t]*+$""",
    re.MULTILINE,
)
_BRACKET: Final = re.compile(r"\\.|!?+\[|\]|\n[ \t>]*+\n", re.DOTALL)
# No address goes on beyond the next one; else a page of links that never end would be read again from each.
_PART: Final = r"""(?:(?!\]\()[^()"']|"(?:(?!\]\()[^"])*+"|'(?:(?!\]\()[^'])*+'|["'])"""
_ADDRESS: Final = re.compile(rf"\((?P<inside>(?:{_PART}|\({_PART}*+\))*+)\)")
_LABEL: Final = re.compile(r"[ \n]?+\[(?P<label>[^\[\]]*+)\]")


class Link(NamedTuple):
    """A link or an image: where the marks are before and after its text, and its address with its title.

    A reference has no address of its own.
    """

    is_image: bool
    opening: Span
    closing: Span
    address: Span | None


def labels_in(markdown: str) -> frozenset[str]:
    """Return the names of the reference links that Markdown defines, folded."""
    if "]:" not in markdown:
        return frozenset()
    return frozenset(folded(definition["label"]) for definition in DEFINITION.finditer(markdown))


def folded(label: str) -> str:
    """Return the name of a reference link as Markdown compares it."""
    return " ".join(label.casefold().split())


def links_in(text: str, labels: Collection[str]) -> Iterator[Link]:
    """Yield the links and images of Markdown without code, in the order of their ends.

    Each bracket is matched with its partner in the same paragraph, so that no flood of them is slow.
    """
    opened: list[re.Match[str]] = []
    for bracket in _BRACKET.finditer(text) if "[" in text else ():
        mark = bracket.group()
        if mark in ("[", "!["):
            opened.append(bracket)
        elif mark.startswith("\n"):
            opened.clear()
        elif mark == "]" and opened:
            opening = opened.pop()
            yield from _link(text, opening, bracket, labels)


def _link(text: str, opening: re.Match[str], end: re.Match[str], labels: Collection[str]) -> Iterator[Link]:
    """Yield the link whose text is between two brackets, if it is one."""
    is_image = opening.group() == "!["
    if address := _ADDRESS.match(text, end.end()):
        yield Link(is_image, opening.span(), (end.start(), address.end()), address.span("inside"))
    elif labels:
        reference = _LABEL.match(text, end.end())
        label = (reference["label"] if reference else "") or text[opening.end() : end.start()]
        if folded(label) in labels:
            closing = (end.start(), reference.end() if reference else end.end())
            yield Link(is_image, opening.span(), closing, None)


def title_of(text: str, address: Span) -> Span | None:
    """Return where the title of a link is, between quotes at the end of its address."""
    written = text[slice(*address)].rstrip()
    start = written.find(" " + written[-1:]) + 2
    if written.endswith(('"', "'")) and 2 <= start < len(written):
        return address[0] + start, address[0] + len(written) - 1
    return None
