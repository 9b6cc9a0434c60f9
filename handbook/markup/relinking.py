"""Rewrites the links of a page when the page, or what they lead to, moves. All else stays as it is."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from handbook.markup.link_targets import LinkTargets, relative_link, relative_target
from handbook.markup.refused_html import tags
from handbook.markup.rendering import ADDRESSES
from handbook.text.markdown.links import DEFINITION, links_in, title_of
from handbook.text.prose import without_code
from handbook.yaml.edit_lines import Replacement, with_replacements

_VALUE: Final = r"""\s{key}\s*=\s*(?P<quote>["']?)"""
_EXPRESSION: Final = ("{{", "{%")
_SAFE: Final = "/-._~!$&'*+,;=:@"


def _keep(_target: str, anchor: str) -> str:
    return anchor


@dataclass(frozen=True)
class Relinking:
    """Which files below the folder of pages get another name, and what becomes of an anchor on one of them.

    `anchor_on` gets the new name and the anchor, and returns the anchor to write, or nothing.
    """

    names: Mapping[str, str]
    targets: LinkTargets
    anchor_on: Callable[[str, str], str] = field(default=_keep)

    def relinked(self, text: str, name: str) -> tuple[str, list[int]]:
        """Return the text of the page `name` with links from its new place, and the lines of these, from 0.

        Links in code are examples, and stay.
        """
        edits = sorted({*self._edits(without_code(text), name)}, key=lambda edit: edit.start)
        return with_replacements(text, edits), list(_lines(text, (edit.start for edit in edits)))

    def links(self, text: str, name: str) -> Iterator[tuple[int, str]]:
        """Yield each link of the page `name` to one of the files: its line, counted from 0, and the file."""
        for start, end, is_html in _addresses(without_code(text)):
            target = self._html_target(text[start:end], name) if is_html else _target(text[start:end], name)
            if target is not None and target in self.names:
                yield text.count("\n", 0, start), target

    def _edits(self, text: str, name: str) -> Iterator[Replacement]:
        for start, end, is_html in _addresses(text):
            written = text[start:end]
            new = self._html(written, name) if is_html else self._markdown(written, name)
            if new is not None and new != written:
                yield Replacement(start, end, new)

    def _markdown(self, written: str, name: str) -> str | None:
        """Return the address of a link in Markdown from the new place of the page; None if it stays."""
        target = _target(written, name)
        if target is None:
            return None
        here = self.names.get(name, name)
        path, mark, anchor = written.partition("#")
        new = self.names.get(target, target)
        link = relative_link(here, new)
        if link != posixpath.normpath(unquote(path)):
            path = quote(link, safe=_SAFE)
        kept = anchor if new == target else self.anchor_on(new, anchor)
        return f"{path}{mark}{kept}" if kept or not anchor else path

    def _html(self, written: str, name: str) -> str | None:
        """Return the address of a link in HTML, which a browser reads from where the page is published."""
        address = self._html_address(written, name)
        if address is None:
            return None
        here = _folder(self.targets.address_of(self.names.get(name, name)))
        target = self._html_target(written, name)
        new = self.targets.address_of(self.names[target]) if target else address
        path, mark, anchor = written.partition("#")
        relative = posixpath.relpath(new or ".", here or ".")
        if relative != posixpath.normpath(unquote(path)):
            path = quote(relative, safe=_SAFE) + ("/" if path.endswith("/") else "")
        return f"{path}{mark}{anchor}"

    def _html_address(self, written: str, name: str) -> str | None:
        """Return the address that HTML means, below the site; None if it does not depend on the page."""
        path = _relative_path(written)
        if path is None:
            return None
        start = _folder(self.targets.address_of(name))
        return posixpath.normpath(posixpath.join(start, path))

    def _html_target(self, written: str, name: str) -> str | None:
        address = self._html_address(written, name)
        at_address = (file for file in self.names if self._is_at(file, address))
        return next((file for file in at_address if _is_first(file, self.names)), None)

    def _is_at(self, file: str, address: str | None) -> bool:
        return posixpath.normpath(self.targets.address_of(file)) == address


def _lines(text: str, starts: Iterable[int]) -> Iterator[int]:
    """Yield the line of each offset, counted from 0; the offsets are in order."""
    line = end = 0
    for start in starts:
        line += text.count("\n", end, start)
        end = start
        yield line


def _is_first(file: str, names: Mapping[str, str]) -> bool:
    """Tell whether a file is the page itself, rather than a translation, which has its address."""
    return not any(file != other and _stem(file).startswith(f"{_stem(other)}.") for other in names)


def _stem(name: str) -> str:
    return posixpath.splitext(name)[0]


def _target(written: str, name: str) -> str | None:
    path = _relative_path(written)
    return None if path is None else relative_target(name, path)


def _relative_path(written: str) -> str | None:
    """Return the path of an address, or None for one that leads to another host or to its own page."""
    if any(mark in written for mark in _EXPRESSION):
        return None
    try:
        address = urlsplit(written)
    except ValueError:
        return None
    if address.scheme or address.netloc or address.query or written.startswith(("/", "\\")):
        return None
    return unquote(address.path) or None


def _folder(address: str) -> str:
    return posixpath.dirname(address)


def _addresses(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield where each address begins and ends in a text without code, and whether it is in HTML."""
    for link in links_in(text, ()):
        if link.address:
            yield *_without_title(text, link.address), False
    for definition in DEFINITION.finditer(text):
        yield *_trimmed(text, *definition.span("address")), False
    for offset, element, attributes in tags(text):
        key = ADDRESSES.get(element, "")
        if address := attributes.get(key):
            begin = re.compile(_VALUE.format(key=key), re.IGNORECASE).search(text, offset)
            if begin and text.startswith(address, begin.end()):
                yield begin.end(), begin.end() + len(address), True


def _without_title(text: str, address: tuple[int, int]) -> tuple[int, int]:
    title = title_of(text, address)
    return _trimmed(text, address[0], title[0] - 1 if title else address[1])


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where an address is without spaces and pointed brackets around it."""
    written = text[start:end]
    start += len(written) - len(written.lstrip(" \t\n<"))
    return start, start + len(written.strip(" \t\n<>"))
