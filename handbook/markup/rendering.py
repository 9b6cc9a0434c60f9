"""Renders the Markdown of a page as MkDocs does, and tells what else depends on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element

from markdown import Markdown  # type: ignore[import-untyped]
from markdown.treeprocessors import Treeprocessor  # type: ignore[import-untyped]

from handbook.markup.markdown_settings import MarkdownSettings
from handbook.markup.refused_html import Refusal, refusals, tags
from handbook.text.markdown.cost import read_again
from handbook.text.quoting import one_line

# The elements that lead somewhere, and the attribute that says where.
ADDRESSES: Final = {"a": "href", "img": "src"}
# What Markdown and its extensions raise for a text that they cannot render, and a build then raises, too.
_FAILURES: Final = (
    RecursionError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)


class Link(NamedTuple):
    """A link (`a`) or a picture (`img`). MkDocs resolves no address that is written as HTML."""

    element: str
    address: str
    is_html: bool = False


@dataclass(frozen=True, slots=True)
class Markup:
    """What a page becomes: its anchors, its links in order, and the HTML in it that is refused.

    `failure` says why it cannot be rendered, and is empty if it can.
    """

    anchors: frozenset[str] = frozenset()
    links: tuple[Link, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    failure: str = ""


class Renderer:
    """Renders pages of one site, one after the other."""

    def __init__(self, settings: MarkdownSettings) -> None:
        self.settings = settings
        self._markdown, self._collector = _converter(settings)

    def markup(self, text: str) -> Markup:
        """Return what a page becomes whose macros have been called."""
        for _, reason in read_again(text):
            return Markup(failure=reason)
        self._collector.begin()
        try:
            # The language plugin ends lines at each of these, too, before it hands a page on.
            html = self._markdown.reset().convert("\n".join(text.splitlines()))
        except _FAILURES as error:
            self._markdown, self._collector = _converter(self.settings)
            return Markup(failure=one_line(str(error)) or type(error).__name__)
        anchors, links = self._collector.anchors, list(self._collector.links)
        for element, attributes in self._raw_tags():
            anchors.update(_anchors_of(element, attributes))
            if address := attributes.get(ADDRESSES.get(element, "")):
                links.append(Link(element, address, is_html=True))
        kept = (link for link in links if not _leads_to_itself(link, anchors))
        refused = sorted(refusals(html), key=lambda refusal: (refusal.message, refusal.value))
        return Markup(frozenset(anchors), tuple(kept), tuple(refused))

    def _raw_tags(self) -> Iterator[tuple[str, dict[str, str]]]:
        for html in self._markdown.htmlStash.rawHtmlBlocks:
            if isinstance(html, str) and "<" in html:
                yield from ((element, attributes) for _, element, attributes in tags(html))


class _Collector:
    """Holds what the processors saw of a page: anchors where MkDocs looks for them, and links at the end."""

    def __init__(self) -> None:
        self.anchors: set[str] = set()
        self.links: list[Link] = []

    def begin(self) -> None:
        self.anchors, self.links = set(), []


class _Anchors(Treeprocessor):  # type: ignore[misc]
    def __init__(self, collector: _Collector) -> None:
        self._collector = collector

    def run(self, root: Element) -> None:
        for element in root.iter():
            self._collector.anchors.update(_anchors_of(str(element.tag), element.attrib))


class _Links(Treeprocessor):  # type: ignore[misc]
    def __init__(self, collector: _Collector) -> None:
        self._collector = collector

    def run(self, root: Element) -> None:
        for element in root.iter():
            key = ADDRESSES.get(str(element.tag))
            if key:
                self._collector.links.append(Link(str(element.tag), element.attrib[key]))


def _converter(settings: MarkdownSettings) -> tuple[Markdown, _Collector]:
    options = {name: given for name, given in settings.options.items() if given}
    converter = Markdown(extensions=list(settings.extensions), extension_configs=options)
    collector = _Collector()
    # MkDocs has these priorities for the same purposes.
    converter.treeprocessors.register(_Anchors(collector), "handbook_anchors", 5)
    converter.treeprocessors.register(_Links(collector), "handbook_links", 0)
    return converter, collector


def _anchors_of(element: str, attributes: dict[str, str]) -> Iterator[str]:
    if anchor := attributes.get("id"):
        yield anchor
    if element == "a" and (anchor := attributes.get("name")):
        yield anchor


def _leads_to_itself(link: Link, anchors: set[str]) -> bool:
    """Tell whether a link leads to an anchor of its own page, as do those of the headings."""
    return link.address[:1] == "#" and link.address[1:] in anchors
