"""Finds what people paste from word processors and mean as a list, a table, or text, and Markdown does not.

Python-Markdown takes as a list only `-`, `*`, `+`, or `1.` with a space after it, and only at the beginning
of a block; other lines run together in a paragraph. It takes what is indented by a tab for code.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from handbook.text.prose import layout

_INDENT_OF_CODE: Final = 4
_ITEM: Final = re.compile(r"(?:[-*+]|(?P<number>\d+)\.)[ \t]+\S")
# What can be nothing but a bullet; the last four are what fonts of symbols have in place of one.
_BULLETS: Final = "•●○◦▪▫■□‣⁃∙\uf0b7\uf0a7\uf0d8\uf0fc"
# What may also begin a line of prose.
_DASHES: Final = "·–—−‐‑→➔➢►▶❖★✓✔✗✘✅❌☐☑"
_BULLET: Final = re.compile(
    rf"[{_BULLETS}][ \t\u00a0]*\S|[{_DASHES}]\ufe0f?[ \t\u00a0]+\S|[oü§](?:\t| {{2,}})\S"
)
_SURE_BULLET: Final = re.compile(rf"[^{_DASHES}]|.[ ]*\t")
_FOREIGN_BLANK: Final = re.compile(r"(?:[-*+]|1\.)[\u00a0\u2000-\u200a\u202f\u3000]")
_ENUMERATIONS: Final = tuple(
    re.compile(rf"(?P<mark>{before}(?P<value>{value}){after})[ \t\u00a0]+\S")
    for value in (r"\d{1,2}", "[a-z]", "[A-Z]", "[ivx]{1,4}")
    for before, after in ((r"\(", r"\)"), ("", r"\)"), ("", r"\."))
    if (value, after) != (r"\d{1,2}", r"\.")
)
_ROMAN: Final = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_RUN_TOGETHER: Final = "makes no list, so the lines run together; write `1.`, below an empty line"
_PART: Final = "becomes part of the paragraph above; add an empty line"
_TABS: Final = re.compile(r"(?<=\S)[ ]*\t+[ ]*(?=\S)")
_ALONE: Final = re.compile(r"#{1,6}[^#]|(?:!!!|\?\?\?\+?)[ \t]|(?:[-*_][ ]*){3,}$")
_CONTAINER: Final = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]|<|\[\^[^\]]+\]:|:[ \t]")
_HTML: Final = re.compile(r"</?[a-zA-Z!]")
_RULER: Final = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t:|-]*)?")
# An expression alone on its lines may show anything; `layout` has `x` in its place.
_EXPRESSION: Final = re.compile(r"x{4,}\s*")
_QUOTE: Final = re.compile(r"(?:[ ]{0,3}>[ ]?)+")
_ENDS_SENTENCE: Final = tuple(":.!?…;*_")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FEWEST_WORDS: Final = 4
_NO_PROSE: Final = re.compile(r"[{}<>=$|\\;]|[/\w]\(|^[ \t]*[a-z./~-]")
_CURLY: Final = "[“”„‟‘’‚‛]"
_CURLY_QUOTE: Final = re.compile(
    rf"\{{:?[^{{}}\n]*=(?P<attribute>{_CURLY})"
    rf"|<[a-zA-Z][^<>\n]*=(?P<html>{_CURLY})"
    rf"|\]\([^()\s]+[ \t]+(?P<title>{_CURLY})[^()\n]*\)"
    rf"|^[ \t]*(?:!!!|\?\?\?\+?)[ \t]+[\w -]+[ \t](?P<note>{_CURLY})",
    re.MULTILINE,
)
# What every finding needs. To look for it takes a hundredth of the time of reading the lines one by one; each
# pattern begins with a character that the search skips to.
_SUSPECTS: Final = (
    re.compile(
        r"""\n(?P<indent>[ \t>]*+)(?:
            \(?(?:\d{1,2}|[ivx]{1,4}|[a-zA-Z])\)[ \t\u00a0]
          | [a-zA-Z]{1,4}\.[ \t\u00a0]
          | [oü§](?:\t|[ ]{2})
          | [·–—−‐‑→➔➢►▶❖★✓✔✗✘✅❌☐☑]\ufe0f?[ \t\u00a0]
          | (?![|\s\#])[^\n]+\n[ \t>]*\|[^\n]*\n[ \t>]*\|[ \t]*:?-
          | (?:[-*+]|1\.)[\u00a0\u2000-\u200a\u202f\u3000]
          | (?:!!!|\?\?\?)[^\n]*[“”„‟‘’‚‛]
          | (?![-*+][ \t]|[\#|<\s]|!!!|\?\?\?|\d+\.[ \t]|\{%)[^\n]+\n(?P=indent)[ ]{0,3}(?:[-*+]|\d+\.)[ \t]
          | \n(?:[ ]{4}|[ ]{0,3}\t)[ \t]*[^\W\d_]
        )""",
        re.VERBOSE,
    ),
    re.compile(f"[{_BULLETS}\t]"),
    re.compile(f"={_CURLY}"),
    re.compile(rf"\]\([^()\s]+[ \t]+{_CURLY}"),
)


@dataclass(frozen=True, slots=True)
class Pasted:
    """An offset in a text, and what does not come out there as it was meant."""

    offset: int
    message: str


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its indent: the offset of its text, the columns before it, and what is there."""

    offset: int
    indent: int
    text: str
    is_quoted: bool


_Block = Sequence[_Line]


def pasted_text(markdown: str) -> Iterator[Pasted]:
    """Yield what comes out other than it was meant, in no order; of lines in a row, only the first."""
    below = f"\n\n{markdown}"
    if not any(suspect.search(below) for suspect in _SUSPECTS):
        return
    text = layout(markdown)
    for match in _CURLY_QUOTE.finditer(text):
        kind = match.lastgroup or ""
        yield Pasted(match.start(kind), f"`{match[kind]}` quotes nothing here; type a straight mark")
    last_bullet, is_inside = "", False
    for block in _blocks(text):
        first = block[0]
        is_list = bool(_ITEM.match(first.text))
        is_code = first.indent >= _INDENT_OF_CODE and not is_inside
        bullet = _bullet(block)
        if bullet and text[bullet.offset] != last_bullet:
            yield bullet
        elif not bullet and is_code and _is_prose(block):
            yield Pasted(first.offset, "the spaces before this text make code of it; remove them")
        if not (is_list or bullet or is_code):
            yield from _without_empty_line(block)
        for find in () if is_code else (_enumeration, _foreign_blank, _table):
            yield from find(block)
        last_bullet = text[bullet.offset] if bullet else ""
        if first.indent < _INDENT_OF_CODE:
            is_inside = is_list or any(_CONTAINER.match(line.text) for line in block)


def _blocks(text: str) -> Iterator[_Block]:
    """Yield lines that Python-Markdown reads together."""
    block: list[_Line] = []
    offset = 0
    for raw in text.split("\n"):
        line = _line(raw, offset)
        offset += len(raw) + 1
        if block and (not line.text or _begins_block(block[-1], line)):
            yield block
            block = []
        if line.text:
            block.append(line)
    if block:
        yield block


def _line(raw: str, offset: int) -> _Line:
    quote = _QUOTE.match(raw)
    inner = raw[quote.end() :] if quote else raw
    text = inner.lstrip(" \t")
    before = inner[: len(inner) - len(text)]
    shown = "" if _EXPRESSION.fullmatch(text) else text.rstrip()
    return _Line(offset + len(raw) - len(text), len(before.expandtabs(4)), shown, bool(quote))


def _begins_block(before: _Line, line: _Line) -> bool:
    return bool(before.is_quoted != line.is_quoted or _ALONE.match(line.text) or _ALONE.match(before.text))


def _bullet(block: _Block) -> Pasted | None:
    """Find a bullet; a dash is one only on several lines, the first of them not amid a sentence."""
    lines = [line for line in block if _BULLET.match(line.text)]
    sure = next((line for line in lines if _SURE_BULLET.match(line.text)), None)
    line = sure or (lines[0] if len(lines) > 1 and _begins_sentence(lines[0], block) else None)
    if line is None:
        return None
    mark = line.text[0] if line.text[0].isprintable() else f"U+{ord(line.text[0]):04X}"
    return Pasted(line.offset, f"`{mark}` makes no list; begin each item with `- `, below an empty line")


def _begins_sentence(line: _Line, block: _Block) -> bool:
    before = next((before for before, after in pairwise(block) if after is line), None)
    return before is None or before.text.endswith(_ENDS_SENTENCE)


def _without_empty_line(block: _Block) -> Iterator[Pasted]:
    """Find a list or a table below a paragraph, of which it becomes a part."""
    if _HTML.match(block[0].text) or (len(block) > 1 and _RULER.fullmatch(block[1].text)):
        return
    rulers = (
        number for number, line in enumerate(block) if line.text[0] == "|" and _RULER.fullmatch(line.text)
    )
    if (number := next(rulers, 0)) > 1 and block[number - 1].text[0] == "|":
        yield Pasted(block[number - 1].offset, f"the table {_PART}")
    items = [
        (before, line)
        for before, line in pairwise(block)
        if line.indent - block[0].indent < _INDENT_OF_CODE and _may_be_item(line.text)
    ]
    if items and (len(items) > 1 or items[0][0].text.endswith(_ENDS_SENTENCE)):
        yield Pasted(items[0][1].offset, f"the list {_PART}")


def _may_be_item(text: str) -> bool:
    """Tell whether a line is an item of a list, rather than a sentence that goes on with a number."""
    match = _ITEM.match(text)
    return match is not None and (match["number"] is None or len(match["number"]) < 3)


def _enumeration(block: _Block) -> Iterator[Pasted]:
    """Find items such as `1)` and `2)`, which run together."""
    for pattern in _ENUMERATIONS:
        matches = [(line, match) for line in block if (match := pattern.match(line.text))]
        for (line, match), (_, following) in pairwise(matches):
            if _number(following["value"]) == _number(match["value"]) + 1:
                yield Pasted(line.offset, f"`{match['mark']}` {_RUN_TOGETHER}")
                return


def _number(value: str) -> int:
    if value.isdigit():
        return int(value)
    return _ROMAN.index(value) if value in _ROMAN and value not in "vx" else ord(value[0])


def _foreign_blank(block: _Block) -> Iterator[Pasted]:
    line = next((line for line in block if _FOREIGN_BLANK.match(line.text)), None)
    if line:
        yield Pasted(line.offset, "the space after the mark of this list is a special one; type it again")


def _table(block: _Block) -> Iterator[Pasted]:
    """Find lines with as many tabs as the next one, which make no table."""
    for line, following in pairwise(block):
        count = len(_TABS.findall(line.text))
        if count and count == len(_TABS.findall(following.text)) and not _ITEM.match(line.text):
            yield Pasted(line.offset, "tabs make no table; write rows such as `| One | Two |`")
            return


def _is_prose(block: _Block) -> bool:
    """Tell whether an indented block is a sentence rather than code or the output of a program."""
    text = " ".join(line.text for line in block)
    if any(_NO_PROSE.search(line.text) for line in block[:1]) or len(_WORD.findall(text)) < _FEWEST_WORDS:
        return False
    return text[0].isalpha() and text.rstrip("*_”»\"')").endswith((".", "!", "?", "…", ":", "。", "।", "؟"))
