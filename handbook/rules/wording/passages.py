"""The sentences of Markdown, each with what surrounds it and where its characters are in the Markdown.

A parser for CommonMark finds the blocks; what a page passes to a macro is read, too. Code and quotations are
left out, and so is what shows bad wording on purpose: a section, a column, or a note whose title says so.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from handbook.rules.wording.block_text import BlockTexts, Run, text_of
from handbook.text.characters import NO_LETTER, character_edits
from handbook.text.look_alikes import look_alikes, may_look_alike
from handbook.text.prose import EXPRESSION, QUOTED, code_in
from handbook.text.tracked_text import Edit, TrackedText

_PARSER: Final = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_LISTS: Final = frozenset({"bullet_list", "ordered_list"})
# A sentence ends at one of these marks, unless it is part of a short form or a number.
_SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[A-ZÀ-Ý0-9])")
_SHORT_FORMS: Final = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|no|nos|art|inc|ltd|co|corp|dept|mr|mrs|ms|dr|st|p\.ex|approx)|\b[A-Za-z])\.$",
    re.IGNORECASE,
)
_NOTE: Final = re.compile(r"(?P<indent>[ \t]*)(?:!!!|\?\?\?\+?|===[!+]?)[ \t]+(?P<title>.*)$")
_TITLE_OF_NOTE: Final = re.compile(r'"(?P<title>[^"]*)"')
# A list that is passed to a macro is introduced by its keyword, as in never=["…"].
_KEYWORD: Final = re.compile(r"(?P<name>[A-Za-z_]\w*)\s*=\s*(?=[\[\"'])")
_LINE_BREAK: Final = re.compile(r"<br\s*/?>")
_OTHER_BRANCH: Final = re.compile(r"\{%[-+]?\s*el(?:se|if)\b")
_BETWEEN_BRANCHES: Final = " / "
_CONSTANT: Final = re.compile(r"^[a-z0-9_./#:-]*$")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a page.

    `lead` introduces the list or the column that the sentence is in, such as "Do not:"; `around` is its
    paragraph with the lists that belong to it, its row, or its macro; `page` is all that the page says. Each
    character of the sentence has its offset in the Markdown.
    """

    sentence: str
    lead: str
    around: str
    offsets: Sequence[int]
    page: str = ""


@dataclass
class _Reader:
    """Reads one text. `is_example` tells whether a title announces wording that is not meant."""

    tracked: TrackedText
    is_example: Callable[[str], bool]
    texts: BlockTexts = field(init=False)

    def __post_init__(self) -> None:
        self.texts = BlockTexts(self.tracked)

    def passages(self) -> Iterator[Passage]:
        tokens = _PARSER.parse(self.tracked.text)
        yield from self._blocks(SyntaxTreeNode(tokens).children, "")

    def _blocks(self, nodes: Sequence[SyntaxTreeNode], lead: str) -> Iterator[Passage]:
        """Yield the passages of blocks side by side; a list belongs to the paragraph before it."""
        skipped_below: int | None = None
        index = 0
        while index < len(nodes):
            node = nodes[index]
            if node.type == "heading":
                level, title = int(node.tag[1:]), text_of(node)
                if skipped_below is None or level <= skipped_below:
                    skipped_below = level if self.is_example(title) else None
            elif skipped_below is None:
                group = _group(nodes, index)
                index += len(group) - 1
                yield from self._group(group, lead)
            index += 1

    def _group(self, group: Sequence[SyntaxTreeNode], lead: str) -> Iterator[Passage]:
        around = " ".join(self._texts(group))
        first = group[0]
        if first.type == "table":
            yield from self._table(first)
            return
        if first.type == "html_block":
            run = self.texts.run(first)
            yield from _sentences(run, lead, run.text)
            return
        if first.type == "paragraph":
            run = self.texts.run(first)
            if self.is_example(run.text) and len(group) > 1:
                return
            yield from _sentences(run, lead, around)
            lead = f"{lead} {_introduction(run.text)}".strip()
        for node in group:
            if node.type in _LISTS:
                yield from self._list(node, lead, around)

    def _list(self, node: SyntaxTreeNode, lead: str, around: str) -> Iterator[Passage]:
        for item in node.children:
            inner = lead
            for block in item.children:
                if block.type == "paragraph":
                    run = self.texts.run(block)
                    yield from _sentences(run, inner, around)
                    inner = f"{lead} {_introduction(run.text)}".strip()
                elif block.type in _LISTS:
                    yield from self._list(block, inner, around)
                else:
                    yield from self._blocks([block], inner)

    def _table(self, table: SyntaxTreeNode) -> Iterator[Passage]:
        head, *bodies = table.children
        titles = [text_of(cell) for row in head.children for cell in row.children]
        for row in (row for body in bodies for row in body.children):
            around = " ".join(text_of(cell) for cell in row.children)
            for title, cell in zip(titles, row.children, strict=False):
                if not self.is_example(title):
                    yield from _sentences(self.texts.run(cell), title, around)

    def _texts(self, nodes: Iterable[SyntaxTreeNode]) -> Iterator[str]:
        for node in nodes:
            if node.type in ("paragraph", "th", "td"):
                yield text_of(node)
            elif node.type not in ("blockquote", "fence", "code_block"):
                yield from self._texts(node.children)


def _group(nodes: Sequence[SyntaxTreeNode], index: int) -> Sequence[SyntaxTreeNode]:
    """Return a block with the lists that follow it, if it is a paragraph."""
    end = index + 1
    if nodes[index].type == "paragraph":
        while end < len(nodes) and nodes[end].type in _LISTS:
            end += 1
    return nodes[index:end]


def _sentences(run: Run, lead: str, around: str) -> Iterator[Passage]:
    start = 0
    for end in [*_ends(run.text), len(run.text)]:
        part = run.text[start:end]
        if part.strip():
            first = start + len(part) - len(part.lstrip())
            yield Passage(run.text[first:end], lead, around, run.offsets[first:end])
        start = end


def _ends(text: str) -> Iterator[int]:
    for match in _SENTENCE_END.finditer(text):
        if not _SHORT_FORMS.search(text[: match.start() + 1][-12:]):
            yield match.end()


def _introduction(text: str) -> str:
    """Return the last sentence of a text if it goes on in a list; a sentence that ends introduces nothing."""
    if text.rstrip().endswith((".", "!", "?")):
        return ""
    start = max((end for end in _ends(text) if text[end:].strip()), default=0)
    return text[start:].strip()


def passages(
    markdown: str,
    is_example: Callable[[str], bool],
    shown: Callable[[str], str | None],
    leads: Mapping[str, str],
) -> Iterator[Passage]:
    """Yield the sentences of Markdown, in their order, and then those that it passes to macros.

    `shown` returns what an expression shows, and None if that is not text of the page; `leads` has what a
    macro writes above the lists that are passed to it, by keyword.
    """
    text = expanded(markdown, shown)
    yield from _Reader(text.edited(_without_notes(text.text, is_example)), is_example).passages()
    yield from _passed(markdown, leads)


def expanded(markdown: str, shown: Callable[[str], str | None]) -> TrackedText:
    """Return Markdown with what its expressions show, without comments, in the letters that readers see."""
    text = TrackedText(markdown).edited(_expanded(markdown, shown))
    for edits in (_line_breaks, character_edits, _letters):
        text = text.edited(edits(text.text))
    return text


def _line_breaks(text: str) -> Iterator[Edit]:
    """Yield what makes each `<br>` a space, as it is to readers."""
    code = code_in(text) if "<br" in text else ()
    for match in _LINE_BREAK.finditer(text) if "<br" in text else ():
        if not any(start <= match.start() < stop for start, stop in code):
            yield Edit(*match.span(), " ")


def _letters(text: str) -> Iterator[Edit]:
    """Yield the Latin letters of words that have letters that only look alike."""
    for word in look_alikes(text, (), "en") if may_look_alike(text) else ():
        yield Edit(word.start, word.start + len(word.text), word.looks_like)


def _expanded(markdown: str, shown: Callable[[str], str | None]) -> Iterator[Edit]:
    """Yield what is in place of each expression and comment."""
    edits = [Edit(start, stop, "") for start, stop in code_in(markdown) if markdown.startswith("<!--", start)]
    for expression in EXPRESSION.finditer(markdown) if "{" in markdown else ():
        if expression["raw"] is not None:
            edits.append(Edit(*expression.span(), expression["raw"]))
        elif expression["kind"] == "{":
            text = shown(expression.group())
            edits.append(Edit(*expression.span(), NO_LETTER if text is None else text))
        else:
            text = _BETWEEN_BRANCHES if _OTHER_BRANCH.match(expression.group()) else ""
            edits.append(Edit(*expression.span(), text))
    yield from sorted(edits)


def _without_notes(text: str, is_example: Callable[[str], bool]) -> Iterator[Edit]:
    """Yield what makes the text of a note, indented below `!!!`, a text of its own."""
    position = 0
    indent: str | None = None
    skips = False
    for line in text.split("\n"):
        note = _NOTE.match(line)
        if note and (indent is None or not line.startswith(indent)):
            indent = f"{note['indent']}    "
            title = _TITLE_OF_NOTE.search(note["title"])
            skips = bool(title) and is_example(title["title"] if title else "")
            yield Edit(position, position + len(line), "")
        elif indent is not None and line.strip() and not line.startswith(indent):
            indent = None
        elif indent is not None and line.strip():
            yield Edit(position, position + (len(line) if skips else len(indent)), "")
        position += len(line) + 1


def _passed(markdown: str, leads: Mapping[str, str]) -> Iterator[Passage]:
    """Yield the texts that a page passes to macros, each as the item of the list that it is in."""
    for expression in EXPRESSION.finditer(markdown) if "{{" in markdown else ():
        if expression["kind"] == "{" and "(" in expression.group():
            yield from _passed_to(expression, leads)


def _passed_to(expression: re.Match[str], leads: Mapping[str, str]) -> Iterator[Passage]:
    written = expression.group()
    keywords = [(match.start(), match["name"]) for match in _KEYWORD.finditer(written)]
    texts = [(match.start() + 1, match.group()[1:-1]) for match in QUOTED.finditer(written)]
    for start, text in texts:
        name = next((name for place, name in reversed(keywords) if place < start), "")
        if not _CONSTANT.fullmatch(text):
            offset = expression.start() + start
            run = Run(text, range(offset, offset + len(text)))
            yield from _sentences(run, leads.get(name, ""), text)
