"""The text that readers see of a block of Markdown, and where each of its characters is in the Markdown."""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Final, overload

from markdown_it.tree import SyntaxTreeNode

from handbook.text.characters import NO_LETTER
from handbook.text.markdown.html_tags import BLOCKS, TAG, tag_name
from handbook.text.tracked_text import Edit, TrackedText

# How far a character may be from where it is expected, because an escape or an entity is between.
_FAR: Final = 12
_TAG_OR_ENTITY: Final = re.compile(rf"{TAG}|&#?\w{{1,31}};")
# What somebody else says, and what is not a sentence.
_NOT_SAID: Final = frozenset({"blockquote", "code", "pre", "q", "script", "style"})


@dataclass(frozen=True)
class _Alignment:
    """Where the characters of a block are in the Markdown, worked out only if somebody asks."""

    find: Callable[[], Sequence[int]]
    tracked: TrackedText

    @cached_property
    def offsets(self) -> Sequence[int]:
        """The places in the text that was parsed."""
        return self.find()


@dataclass(frozen=True, slots=True)
class _Offsets(Sequence[int]):
    """Offsets in the Markdown of some characters of a block."""

    alignment: _Alignment
    characters: range

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[int]: ...
    def __getitem__(self, index: int | slice) -> int | Sequence[int]:
        characters = self.characters[index]
        if isinstance(characters, range):
            return _Offsets(self.alignment, characters)
        return self.alignment.tracked.offset(self.alignment.offsets[characters])

    def __len__(self) -> int:
        return len(self.characters)


@dataclass(frozen=True, slots=True)
class Run:
    """Text in the flow of a page, with the offset of each of its characters."""

    text: str
    offsets: Sequence[int]


@dataclass
class BlockTexts:
    """Reads the blocks of one text."""

    tracked: TrackedText
    _lines: list[str] = field(init=False)
    _starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self._lines = self.tracked.text.split("\n")
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def run(self, block: SyntaxTreeNode) -> Run:
        """Return the text of a paragraph, a heading, a cell, or a block of HTML."""
        if block.type == "html_block":
            read = TrackedText(block.content)
            read = read.edited(_edits_of_html(block.content))
            text = read.text.replace("\n", " ")
            return self._run(text, partial(self._offsets_of_html, read, block))
        text = text_of(block)
        return self._run(text, partial(self._aligned_offsets, block))

    def _run(self, text: str, find: Callable[[], Sequence[int]]) -> Run:
        return Run(text, _Offsets(_Alignment(find, self.tracked), range(len(text))))

    def _offsets_of_html(self, read: TrackedText, block: SyntaxTreeNode) -> Sequence[int]:
        offsets = self._offsets_of(block.content, block)
        return [offsets[read.offset(index)] for index in range(len(read.text))]

    def _aligned_offsets(self, block: SyntaxTreeNode) -> Sequence[int]:
        """Return the place in the text of each character that readers see of a block."""
        inline = next(child for child in block.children if child.type == "inline")
        offsets = self._offsets_of(inline.content, block)
        shown_offsets: list[int] = []
        position = 0
        for piece in _pieces(inline.children):
            aligned = list(_aligned(piece, inline.content, position))
            shown_offsets += [offsets[min(place, len(offsets) - 1)] for place in aligned]
            position = aligned[-1] + 1 if aligned else position
        return shown_offsets

    def _offsets_of(self, content: str, block: SyntaxTreeNode) -> list[int]:
        """Return the place in the text of each character of what is inside of a block."""
        first, last = _lines_of(block)
        offsets: list[int] = []
        for number, part in enumerate(content.split("\n")):
            index = min(first + number, last - 1, len(self._lines) - 1)
            start = self._starts[index] + _column(self._lines[index], part, block)
            offsets += range(start, start + len(part) + 1)
        return offsets


def _lines_of(block: SyntaxTreeNode) -> tuple[int, int]:
    """Return the first line of a block and the one after its last; cells have those of their row."""
    node: SyntaxTreeNode | None = block
    while node is not None and node.map is None:
        node = node.parent
    return node.map if node is not None and node.map else (0, 1)


def _column(line: str, part: str, block: SyntaxTreeNode) -> int:
    """Return where a part of a block begins in its line: at the end, or in its own cell."""
    if block.type in ("th", "td") and block.parent is not None:
        end = 0
        for cell in block.parent.children:
            inner = cell.children[0].content if cell.children else ""
            end = max(line.find(inner, end), end)
            if cell is block:
                return end
            end += len(inner)
    return max(line.rstrip().rfind(part.rstrip()), 0)


def text_of(block: SyntaxTreeNode) -> str:
    """Return the text that readers see in a paragraph, a heading, or a cell."""
    inline = next((child for child in block.children if child.type == "inline"), None)
    return "".join(_pieces(inline.children)).replace("\n", " ") if inline else ""


def _pieces(nodes: Iterable[SyntaxTreeNode]) -> Iterator[str]:
    for node in nodes:
        match node.type:
            case "text":
                yield node.content
            case "softbreak" | "hardbreak":
                yield "\n"
            case "code_inline":
                yield NO_LETTER
            case "html_inline" | "image":
                pass
            case _:
                yield from _pieces(node.children)


def _aligned(piece: str, content: str, position: int) -> Iterator[int]:
    """Yield the place of each character of a text in what the parser read it from."""
    whole = content.find(piece, position)
    position = max(whole, position)
    for character in piece:
        place = position if whole >= 0 else _near(content, character, position)
        yield place
        position = place + 1


def _near(content: str, character: str, position: int) -> int:
    """Return the next place of a character; an entity, such as &amp;, has none of its own."""
    place = content.find(character, position, position + _FAR)
    return place if place >= 0 else position


def _edits_of_html(text: str) -> Iterator[Edit]:
    """Yield what is in place of each tag and entity; a block and a line break end a word."""
    end = 0
    for match in _TAG_OR_ENTITY.finditer(text):
        if match.start() < end:
            continue
        written, name = match.group(), tag_name(match.group())
        end = match.end()
        if not written.startswith("<"):
            yield Edit(*match.span(), html.unescape(written))
        elif name in _NOT_SAID and not written.startswith("</"):
            close = text.lower().find(f"</{name}", end)
            end = close if close >= 0 else len(text)
            yield Edit(match.start(), end, f" {NO_LETTER} ")
        else:
            yield Edit(*match.span(), " " if name in BLOCKS or name == "br" else "")
