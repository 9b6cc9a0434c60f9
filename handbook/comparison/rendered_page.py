"""Reads a built page as its readers saw it: its text as lines, and where its links lead."""

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final, TypeAlias

import nh3

from handbook.content.fingerprints import sha256
from handbook.content.languages import likely_main_path
from handbook.editions.manifest import PageRecord
from handbook.registers.acknowledgements import PAGE as ACCEPTED_ON

_ARTICLE: Final = re.compile(rb"<article\b.*?</article>", re.DOTALL)
_CELLS: Final = frozenset({"td", "th"})
_ITEM: Final = "• "
_PERMALINK: Final = "¶"
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
# What changes the meaning of words without a word: they are struck out, raised, or lowered.
_BEFORE: Final = {"del": "[struck out: ", "sup": "^", "sub": "_"}
_AFTER: Final = {"del": "]"}
_BLOCKS: Final = frozenset(
    "article blockquote caption dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 li ol p pre"  # noqa: SIM905
    " section summary table tbody tfoot thead tr ul".split()
)
# Blocks outside the text, in the editions whose pages do not say where the text begins.
_EXCLUDED: Final = frozenset({"facts", "fallback", "overdue"})
# The name of the edition that is accepted: on that page, it changes nothing that people accept.
_NAME_OF_EDITION: Final = frozenset({"acknowledge__draft", "acknowledge__text"})

# Parses any file as a browser would: the result is balanced and keeps all words.
_BALANCER: Final = nh3.Cleaner(
    tags=set(_BLOCKS | _CELLS | _BEFORE.keys() | {"a", "br", "img"}),
    attributes={"*": {"alt", "class", "data-audience", "data-page", "href", "lang", "src"}},
    clean_content_tags={"noscript", "script", "style", "svg", "template"},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)

# The label of a link or the description of an image, and where it leads.
Link: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page as it was read at `address`, a file of the site. `path` is that of its source."""

    path: str
    address: str
    title: str
    language: str
    audience: tuple[str, ...]
    lines: tuple[str, ...]
    links: tuple[Link, ...]


def canonical_address(address: str) -> str:
    """Return the address of a page as links name it: without `index.html`, and `.` for the start page."""
    if address == "index.html":
        return "."
    return f"{posixpath.dirname(address)}/" if address.endswith("/index.html") else address


@dataclass
class PageReader(HTMLParser):
    """Reads one file. Without `record`, attributes of its elements say which page they belong to."""

    address: str
    files: Mapping[str, bytes]
    record: PageRecord | None = None
    lines: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        # The nesting depth at which the page's text, or an excluded block in it, starts; 0 outside of them.
        self._text_depth = self._excluded_depth = 0
        self._line: list[str] = []
        self._anchors: list[tuple[int, str]] = []
        self._facts: dict[str, str] = {}
        self._title: str | None = None

    def read(self, data: bytes) -> RenderedPage | None:
        """Return the page, or None if the file does not hold one."""
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
        """Enter an element; note where the text and the blocks excluded from it begin."""
        attributes = {name: value or "" for name, value in attrs}
        if tag in ("br", "img"):
            if self._is_read:
                self._void(tag, attributes)
            return
        self._open.append(tag)
        if not self._text_depth and self._begins(tag, attributes):
            self._text_depth = len(self._open)
        elif self._text_depth and self._excludes(attributes.get("class", "").split()):
            self._excluded_depth = self._excluded_depth or len(self._open)
        if self._text_depth and not self._facts.get("lang"):
            self._facts["lang"] = attributes.get("lang", "")
        if self._is_read:
            self._begin(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, unless it was never entered."""
        if tag not in self._open:
            return
        if self._is_read:
            self._end(tag)
        if self._excluded_depth == len(self._open):
            self._excluded_depth = 0
        if self._text_depth == len(self._open):
            self._text_depth = 0
        self._open.pop()

    def handle_data(self, data: str) -> None:
        """Read text; line breaks and runs of spaces count only in `pre`."""
        if not self._is_read:
            return
        if "pre" not in self._open:
            self._line.append(data)
            return
        for number, line in enumerate(data.split("\n")):
            if number:
                self._end_line()
            self._line.append(line.replace(" ", "\N{NO-BREAK SPACE}"))

    @property
    def _is_read(self) -> bool:
        return bool(self._text_depth and not self._excluded_depth)

    def _begins(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """Tell whether the text, or a further part of it, begins; the first such element names the page."""
        page = attributes.get("data-page")
        begins = (
            tag == "article"
            if self.record
            else page is not None and page == self._facts.get("data-page", page)
        )
        if begins:
            self._facts = self._facts or {"data-page": "", **attributes}
        return begins

    def _excludes(self, classes: Sequence[str]) -> bool:
        path = self.record.path if self.record else self._facts["data-page"]
        excluded = _EXCLUDED if self.record else frozenset()
        if likely_main_path(path) == ACCEPTED_ON:
            excluded |= _NAME_OF_EDITION
        return not excluded.isdisjoint(classes)

    def _begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "a" and "href" in attributes:
            self._anchors.append((len(self._line), attributes["href"]))
        elif tag in _BEFORE:
            self._line.append(_BEFORE[tag])
        elif tag in _CELLS:
            self._line.append(" | " if "".join(self._line).strip() else "")
        elif tag in _BLOCKS and (tag == "li" or "".join(self._line) != _ITEM):
            self._end_block()
            self._line.append(_ITEM if tag == "li" and not self._in_cell else "")

    def _end(self, tag: str) -> None:
        if tag == "a" and self._anchors:
            self._end_link(*self._anchors.pop())
        elif tag in _AFTER:
            self._line.append(_AFTER[tag])
        elif tag in _BLOCKS:
            if tag == "h1" and self._title is None:
                self._title = _squeezed("".join(self._line)) or None
            self._end_block()

    def _void(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "br":
            self._end_block()
            return
        alt = _squeezed(attributes.get("alt", ""))
        if alt:
            self._line.append(f" [image: {alt}] ")
        self.links.append((alt, self._picture(attributes.get("src", ""))))

    def _end_link(self, begin: int, target: str) -> None:
        """Note the target of a link; drop the permalink sign beside a heading, which is not text."""
        label = _squeezed("".join(self._line[begin:]))
        if label == _PERMALINK and target.startswith("#"):
            del self._line[begin:]
        else:
            self.links.append((label, self._resolved(target)))

    def _picture(self, source: str) -> str:
        """Return the address of a picture, and the start of its SHA-256, so that a replaced one differs."""
        target = self._resolved(source)
        data = self.files.get(target)
        return f"{target} ({sha256(data)[:8]})" if data is not None else target

    def _resolved(self, target: str) -> str:
        """Return an address from the top of the site, so that it is the same whichever page links to it."""
        if not target or target.startswith("#") or _SCHEME.match(target):
            return target
        path, mark, anchor = target.partition("#")
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(self.address), path))
        absolute = f"{whole}/" if path.endswith("/") and whole != "." else whole
        return f"#{anchor}" if absolute == canonical_address(self.address) else f"{absolute}{mark}{anchor}"

    @property
    def _in_cell(self) -> bool:
        return any(tag in _CELLS for tag in self._open)

    def _end_block(self) -> None:
        """End a line; in a cell of a table, which is part of a line, add a space instead."""
        if self._in_cell:
            self._line.append(" ")
        else:
            self._end_line()

    def _end_line(self) -> None:
        line = _squeezed("".join(self._line))
        if line and line != _ITEM.strip():
            self.lines.append(line)
        # A link may continue on the next line, where its label starts again.
        self._line, self._anchors = [], [(0, target) for _, target in self._anchors]


def _squeezed(text: str) -> str:
    """Collapse white space as a browser does; turn every other kind of space into a plain one."""
    kept = re.sub(r"[ \t\n\r\f]+", " ", text).strip(" ")
    return re.sub(r"[^\S\n]", " ", kept).rstrip()
