"""Finds marks of Markdown that readers see as they were typed, or that lose what they were to show."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from handbook.text.prose import layout

_TARGET: Final = r"(?:(?:https?://|mailto:|#)[^()\[\]\s]+|[\w./-]+\.md(?:#[\w-]*)?)"
_SPACED_LINK: Final = re.compile(rf"\[[^\[\]\n]{{1,300}}\](?P<space>[ \t]+)\({_TARGET}\)")
_TURNED_LINK: Final = re.compile(rf"(?<!\])\([^()\[\]\n]{{1,300}}\)\[{_TARGET}\]")
# A call of a macro, or a value of the organization, in a single brace on its left.
_BRACES: Final = re.compile(r"(?<!\{)\{[ \t]*(?:[a-z_]+\([^{}\n]*\)|organization(?:\.\w+)+)[ \t]*\}")
_CLOSED_TWICE: Final = re.compile(r"(?<!\{)\{\{[^{}\n]*\}\}(?P<rest>[ \t]*\}+)")
_FENCE: Final = re.compile(r"^[> \t]*(?P<mark>`{3,}|~{3,})[ \t]*[\w+-]*[ \t]*$", re.MULTILINE)
_WORDS_AT_FENCE: Final = re.compile(
    r"^[> \t]*(?P<mark>`{3,}|~{3,})[ \t]*(?P<language>[\w+#.-]+)[ \t]+[^`{\n]*$", re.MULTILINE
)
MERGE_CONFLICT: Final = (
    "two people changed the same lines; keep one of the two versions, and delete the lines `<<<<<<<`,"
    " `=======`, and `>>>>>>>`"
)
_CONFLICT: Final = re.compile(r"^(?:<{7}|>{7}) \S", re.MULTILINE)
_NOTE: Final = re.compile(r"(?P<indent>[ ]*)(?:!!!|\?\?\?\+?)[ \t]+\w")
_ITEM: Final = re.compile(r"(?P<indent>[ ]*)(?:[-*+]|\d{1,3}\.)[ \t]+\S")
_BAR: Final = re.compile(r"(?<!\\)\|")
_HEADING: Final = re.compile(r"^(?P<marks>#{1,6})[ \t]+\S", re.MULTILINE)
_INDENT: Final = 4
# A brace that is open further before closes nothing here.
_NEARBY: Final = 200
# Of rows that make no table, each cell is shown.
_UNLIMITED: Final = 1_000_000
# A line of nothing but statements, which is gone once they have run.
_STATEMENTS: Final = re.compile(r"[ \t]*\{%[^\n]*%\}[ \t]*")
# Stars that are in a pair, and those that are left.
_BOLD: Final = re.compile(r"\*\*(?=[^\s*])(?:[^*\n]|(?<!\*)\*(?!\*)|\n(?![ \t]*\n)){1,1000}?(?<=[^\s*])\*\*")
_STARS: Final = re.compile(
    r"(?<![\\*/])(?<!\d )\*\*(?:[ \t](?=[^\s*])[^*\n]{1,300}\*\*|(?=[^\s*])[^*\n]{1,300}[ \t]\*\*)(?!\*)"
)
# What hides a mark from Markdown, or may.
_HIDES_MARKS: Final = re.compile(r"`|~~~|<!--")
_NESTED: Final = re.compile(r"^ +(?:[-*+]|\d{1,3}\.)[ \t]|\n\n {2,3}\S", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class BrokenMark:
    """An offset in a text, and what its mark does not do there. A conflict shows two texts at once."""

    offset: int
    message: str
    is_conflict: bool = False


class _Line(NamedTuple):
    offset: int
    text: str

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip(" "))


def broken_marks(markdown: str) -> Iterator[BrokenMark]:
    """Yield the marks that do not do what they were meant to, in no order."""
    # Finding the code in a page takes longest, and hardly any page has a broken mark.
    if _HIDES_MARKS.search(markdown) or any(_marks_in(markdown, markdown)):
        yield from _marks_in(markdown, layout(markdown))


def _marks_in(markdown: str, text: str) -> Iterator[BrokenMark]:
    """Yield the broken marks in a text as laid out. Each search is done only if the text has such a mark."""
    yield from _headings(text)
    if "** " in text or " **" in text:
        yield from _stars(text)
    if "] " in text or "]\t" in text or ")[" in text:
        yield from _links(text)
    if text.count("{") > 2 * text.count("{{"):
        yield from _single_braces(text)
    if "}}" in markdown and text.count("}") > text.count("{"):
        yield from _further_braces(markdown, text)
    if any(mark in markdown for mark in ("```", "~~~", "<<<<<<<", ">>>>>>>")):
        yield from _blocks_of_code(markdown, text)
    has_notes, has_nested = "!!!" in text or "???" in text, _NESTED.search(text)
    if has_notes or has_nested or "|" in text:
        lines = list(_lines(markdown, text))
        yield from _notes(lines) if has_notes else ()
        yield from _nested_items(lines) if has_nested else ()
        yield from _tables(lines) if "|" in text else ()


def _headings(text: str) -> Iterator[BrokenMark]:
    """Find a second title, and a heading that skips a level, which mislead people who listen to the page."""
    before = 0
    for match in _HEADING.finditer(text):
        level = len(match["marks"])
        if before and level == 1:
            yield BrokenMark(match.start(), "a page has one title; begin the other headings with `##`")
        elif before and level > before + 1:
            marks = "#" * (before + 1)
            yield BrokenMark(match.start(), f"this heading skips a level; begin it with `{marks}`")
        before = level


def _stars(text: str) -> Iterator[BrokenMark]:
    """Find stars for bold with a space inside, once those that make a pair are out of the way."""
    for match in _STARS.finditer(_BOLD.sub(lambda pair: "x" * len(pair[0]), text)):
        message = "a space inside the stars keeps this from being bold; put it outside them"
        yield BrokenMark(match.start(), message)


def _links(text: str) -> Iterator[BrokenMark]:
    for match in _SPACED_LINK.finditer(text):
        message = "the space between `]` and `(` keeps this from being a link; remove it"
        yield BrokenMark(match.start("space"), message)
    for match in _TURNED_LINK.finditer(text):
        message = "the brackets are turned around, so this is not a link; write `[text](address)`"
        yield BrokenMark(match.start(), message)


def _single_braces(text: str) -> Iterator[BrokenMark]:
    for match in _BRACES.finditer(text):
        message = "single braces are shown as they are typed; write two pairs"
        yield BrokenMark(match.start(), message)


def _further_braces(markdown: str, text: str) -> Iterator[BrokenMark]:
    """Find braces after an expression, which close nothing. As laid out, a text has no expressions."""
    for match in _CLOSED_TWICE.finditer(markdown):
        nearby = text[max(0, match.start() - _NEARBY) : match.end()].rpartition("\n")[2]
        if "}" in text[match.start("rest") : match.end()] and nearby.count("}") > nearby.count("{"):
            message = "two braces end this already, so those after them are shown; remove them"
            yield BrokenMark(match.start("rest"), message)


def _blocks_of_code(markdown: str, text: str) -> Iterator[BrokenMark]:
    if conflict := _CONFLICT.search(text):
        yield BrokenMark(conflict.start(), MERGE_CONFLICT, is_conflict=True)
    # A block of code is empty in a text as laid out.
    wordy = [match for match in _WORDS_AT_FENCE.finditer(markdown) if text[match.start("mark")] != " "]
    for match in wordy:
        language = match["language"]
        message = f"this begins no block of code; write nothing but `{language}` after the marks"
        yield BrokenMark(match.start("mark"), message)
    fence = None if wordy else _FENCE.search(text)
    if fence:
        message = "nothing closes this block of code; repeat its marks on a line below it"
        yield BrokenMark(fence.start("mark"), message)


def _lines(markdown: str, text: str) -> Iterator[_Line]:
    """Yield the lines of a text as laid out, without those that hold nothing but statements."""
    offset = 0
    for written, line in zip(markdown.split("\n"), text.split("\n"), strict=True):
        if not _STATEMENTS.fullmatch(written):
            yield _Line(offset, line)
        offset += len(line) + 1


def _notes(lines: Sequence[_Line]) -> Iterator[BrokenMark]:
    """Find the text of a note that begins right below its title without an indent, outside of the note."""
    for line, below in pairwise(lines):
        if _NOTE.match(line.text) and below.text.strip() and below.indent < line.indent + _INDENT:
            spaces = line.indent + _INDENT
            message = f"this is outside of the note above; begin each line of the note with {spaces} spaces"
            yield BrokenMark(below.offset + below.indent, message)


def _nested_items(lines: Sequence[_Line]) -> Iterator[BrokenMark]:
    """Find what is indented by less than four spaces, and so does not belong to the item above.

    A paragraph ends a numbered list there, and the next item is number one again.
    """
    above: _Line | None = None
    before = ""
    for line in lines:
        if _ITEM.match(line.text):
            if above is not None and above.indent + 1 < line.indent < above.indent + _INDENT:
                message = (
                    f"this is not an item of the one above; begin it with {above.indent + _INDENT} spaces"
                )
                yield BrokenMark(line.offset + line.indent, message)
            above = line
        elif line.text.strip():
            is_numbered = above is not None and not above.indent and above.text[:1].isdigit()
            if is_numbered and not before.strip() and 1 < line.indent < _INDENT:
                message = f"this ends the numbered list above; begin it with {_INDENT} spaces"
                yield BrokenMark(line.offset + line.indent, message)
            above = above if line.indent else None
        before = line.text


def _tables(lines: Sequence[_Line]) -> Iterator[BrokenMark]:
    """Find rows that make no table, and cells beyond the last column, which nobody sees."""
    columns, before = 0, ""
    for line, below in pairwise([*lines, _Line(0, "")]):
        row = line.text.strip()
        if not row.startswith("|"):
            columns = 0
        elif columns:
            if not _is_ruler(row) and _cells(row) > columns:
                message = f"this row has {_cells(row)} cells for {columns} columns, and the rest is not shown"
                yield BrokenMark(line.offset + line.indent, f"{message}; write `\\|` for a bar in a text")
        elif not before.strip():
            columns = _cells(row)
            ruler = below.text.strip()
            is_table = _is_ruler(ruler) and _cells(ruler) == columns
            if not is_table and ruler.startswith("|"):
                example = "|---" * min(columns, 3)
                message = (
                    f"no line `{example}|` is below this one, with as many columns, so it makes no table"
                )
                yield BrokenMark(line.offset + line.indent, f"{message}; add it")
                columns = _UNLIMITED
        before = line.text


def _cells(row: str) -> int:
    return len(_BAR.findall(row.removeprefix("|").removesuffix("|"))) + 1


def _is_ruler(row: str) -> bool:
    return "-" in row and not row.strip("|:- \t")
