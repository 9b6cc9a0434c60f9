"""Reads one built page as its readers saw it: its words as lines, and where its links lead."""

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final, TypeAlias

import nh3

from handbook.content.fingerprints import sha256
from handbook.editions.manifest import PageRecord

_ARTICLE: Final = re.compile(rb"<article\b.*?</article>", re.DOTALL)
_CELLS: Final = frozenset({"td", "th"})
_ITEM: Final = "• "
_PERMALINK: Final = "¶"
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_BLOCKS: Final = frozenset(
    "article blockquote caption dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 li ol p pre"  # noqa: SIM905
    " section summary table tbody tfoot thead tr ul".split()
)
# What stood around the text in the editions whose pages do not say where it begins.
_AROUND: Final = frozenset({"facts", "fallback", "overdue"})

# Reads a file as a browser would, whoever wrote it: what comes out is balanced, and its words are all there.
_BALANCER: Final = nh3.Cleaner(
    tags=set(_BLOCKS | _CELLS | {"a", "br", "img"}),
    attributes={"*": {"alt", "class", "data-audience", "data-page", "href", "lang", "src"}},
    clean_content_tags={"noscript", "script", "style", "svg", "template"},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)

# The label of a link or the description of an image, and where it leads.
Link: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page as it was read at `address`, a file of the site. `path` is its source."""

    path: str
    address: str
    title: str
    language: str
    audience: tuple[str, ...]
    lines: tuple[str, ...]
    links: tuple[Link, ...]


def canonical_address(address: str) -> str:
    """Return the address of a page as links name it: that of its folder, where it is the first file there."""
    if address == "index.html":
        return "."
    return f"{posixpath.dirname(address)}/" if address.endswith("/index.html") else address


@dataclass
class PageReader(HTMLParser):
    """Reads one file. Without `record`, its elements say which page they belong to."""

    address: str
    files: Mapping[str, bytes]
    record: PageRecord | None = None
    lines: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self._inside = self._outside = 0  # How many elements were open where the text, or a gap in it, began.
        self._said: list[str] = []
        self._anchors: list[tuple[int, str]] = []
        self._facts: dict[str, str] = {}
        self._title: str | None = None

    def read(self, data: bytes) -> RenderedPage | None:
        """Return the page, or None where the file is none."""
        article = _ARTICLE.search(data)
        self.feed(_BALANCER.clean((article[0] if article else data).decode("utf-8", "replace")))
        self.close()
        self._end_line()
        path = self.record.path if self.record else self._facts.get("data-page")
        if path is None or not self._facts:
            return None
        audience = self.record.audience if self.record else self._facts.get("data-audience", "").split()
        title = self._title or (self.record.title if self.record else None) or path
        language = self._facts.get("lang") or "en"
        return RenderedPage(
            path, self.address, title, language, tuple(audience), tuple(self.lines), tuple(self.links)
        )

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Begin an element."""
        attributes = {name: value or "" for name, value in attrs}
        if tag in ("br", "img"):
            if self._is_read:
                self._void(tag, attributes)
            return
        self._open.append(tag)
        if not self._inside and self._begins(tag, attributes):
            self._inside = len(self._open)
        elif self._inside and self.record and _AROUND & set(attributes.get("class", "").split()):
            self._outside = self._outside or len(self._open)
        if self._inside and not self._facts.get("lang"):
            self._facts["lang"] = attributes.get("lang", "")
        if self._is_read:
            self._begin(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if tag not in self._open:
            return
        if self._is_read:
            self._end(tag)
        if self._outside == len(self._open):
            self._outside = 0
        if self._inside == len(self._open):
            self._inside = 0
        self._open.pop()

    def handle_data(self, data: str) -> None:
        """Read words; white space counts only where it is shown."""
        if not self._is_read:
            return
        if "pre" not in self._open:
            self._said.append(data)
            return
        for number, line in enumerate(data.split("\n")):
            if number:
                self._end_line()
            self._said.append(line.replace(" ", "\N{NO-BREAK SPACE}"))

    @property
    def _is_read(self) -> bool:
        return bool(self._inside and not self._outside)

    def _begins(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """Tell whether the text begins here; the first element that says so says whose it is."""
        if self.record:
            found = tag == "article"
        else:
            found = "data-page" in attributes and attributes["data-page"] == self._facts.get(
                "data-page", attributes["data-page"]
            )
        if found:
            self._facts = self._facts or {"data-page": "", **attributes}
        return found

    def _begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "a" and "href" in attributes:
            self._anchors.append((len(self._said), attributes["href"]))
        elif tag in _CELLS:
            self._said.append(" | " if "".join(self._said).strip() else "")
        elif tag in _BLOCKS and (tag == "li" or "".join(self._said) != _ITEM):
            self._end_block()
            self._said.append(_ITEM if tag == "li" and not self._in_cell else "")

    def _end(self, tag: str) -> None:
        if tag == "a" and self._anchors:
            self._end_link(*self._anchors.pop())
        elif tag in _BLOCKS:
            if tag == "h1" and self._title is None:
                self._title = _squeezed("".join(self._said)) or None
            self._end_block()

    def _void(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "br":
            self._end_block()
            return
        alt = _squeezed(attributes.get("alt", ""))
        if alt:
            self._said.append(f" [image: {alt}] ")
        self.links.append((alt, self._picture(attributes.get("src", ""))))

    def _end_link(self, begin: int, target: str) -> None:
        """Note where the words of a link lead; the sign beside a heading is none of its words."""
        label = _squeezed("".join(self._said[begin:]))
        if label == _PERMALINK and target.startswith("#"):
            del self._said[begin:]
        else:
            self.links.append((label, self._resolved(target)))

    def _picture(self, source: str) -> str:
        """Return where a picture is, and what tells it from another at the same place."""
        target = self._resolved(source)
        data = self.files.get(target)
        return f"{target} ({sha256(data)[:8]})" if data is not None else target

    def _resolved(self, target: str) -> str:
        """Return an address within the site from its top, so that it is the same wherever its page stands."""
        if not target or target.startswith("#") or _SCHEME.match(target):
            return target
        path, mark, anchor = target.partition("#")
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(self.address), path))
        found = f"{whole}/" if path.endswith("/") and whole != "." else whole
        return f"#{anchor}" if found == canonical_address(self.address) else f"{found}{mark}{anchor}"

    @property
    def _in_cell(self) -> bool:
        return any(tag in _CELLS for tag in self._open)

    def _end_block(self) -> None:
        """End a line; in a cell of a table, which is part of one, put a space."""
        if self._in_cell:
            self._said.append(" ")
        else:
            self._end_line()

    def _end_line(self) -> None:
        line = _squeezed("".join(self._said))
        if line and line != _ITEM.strip():
            self.lines.append(line)
        # A link may go on: its words begin anew.
        self._said, self._anchors = [], [(0, target) for _, target in self._anchors]


def _squeezed(text: str) -> str:
    """Collapse white space as a browser does; every kind of space counts as one that is typed."""
    kept = re.sub(r"[ \t\n\r\f]+", " ", text).strip(" ")
    return re.sub(r"[^\S\n]", " ", kept).rstrip()
