"""The words that readers see of Markdown, for a redline that shows no marks.

A line of the result is a paragraph, a heading, an item, or a row of a table. Code is as it is written. The
text has no expressions any more: `macros/outputs/rendered_changes.py` puts what they showed, or their names,
in their place.
"""

import html
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from textwrap import dedent
from typing import Final

from handbook.text.markdown.code import Span, comments_and_ticks, fences
from handbook.text.markdown.html_tags import TAG, attributes, tag_name
from handbook.text.markdown.links import DEFINITION, labels_in, links_in

# Replaces code while everything around it is read; a page that has this character loses it.
_CODE: Final = "\ue000"
_NOT_NEWLINE: Final = re.compile(r"[^\n]")
_HEADING: Final = re.compile(r"#{1,6}[ \t]*+(?P<text>.*?)[ \t]*+(?:\#++[ \t]*+)?(?:\{:?[^{}]*\})?[ \t]*+$")
_BOX: Final = re.compile(r'(?:!!!|\?\?\?\+?|===)[ \t]++(?P<kind>[\w -]*)(?:"(?P<title>[^"]*)")?[ \t]*+$')
_BULLET: Final = re.compile(r"^[-*+][ \t]++")
_STARTS: Final = re.compile(r"[-*+][ \t]|\d{1,9}\.[ \t]|<|\[\^[^\[\]\s]++\]:|:[ \t]")
_RULE: Final = re.compile(r"[-=*_]{2,}[ \t]*$|(?:[-*_][ \t]*){3,}$")
_TABLE_RULE: Final = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t:|-]*)?$")
_CELL_END: Final = re.compile(r"(?<!\\)\|")
_TOKEN: Final = re.compile(
    # Without this look at the first character, it takes twice as long.
    r"""(?=[\\&<\[\ {*_])(?:"""
    r"""\\(?P<escaped>[\\`*_{}\[\]()>\#+\-.!|~^=])|(?P<entity>&\#?\w{1,31};)"""
    r"""|<(?P<address>[a-zA-Z][a-zA-Z\d+.-]*+://[^\s<>]++|[^\s<>@!]++@[^\s<>@]++)>"""
    rf"""|(?P<tag>{TAG})|(?P<footnote>\[\^[^\[\]\s]++\]:?)"""
    r"""|(?P<attributes>[ ]?\{:?[ ]*(?:[\#.][\w-]|[\w-]+=)[^{}\n]*\})"""
    r"""|(?P<emphasis>(?<!\s)\*++|\*++(?!\s)|(?<![^\W_])_++(?=\S)|(?<=\S)_++(?![^\W_])))"""
)
_INLINE: Final = frozenset(
    "a abbr b bdi cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var".split()  # noqa: SIM905
)
_SPACES: Final = re.compile(r"[ \t]++")
_CELLS: Final = frozenset({"td", "th"})


def visible_text(markdown: str) -> str:
    """Return what readers see of Markdown without expressions, a line for each block."""
    without_code, codes = _apart(markdown.replace(_CODE, " "))
    defined = DEFINITION.sub("", without_code)
    labels = labels_in(without_code)
    shown = _without_links("\n".join(_blocks(defined.split("\n"))), labels)
    lines = _SPACES.sub(" ", _TOKEN.sub(_visible, shown)).split("\n")
    kept = "".join(f"{line}\n" for line in map(_trimmed, filter(None, lines)) if line.strip("•| "))
    return re.sub(_CODE, lambda _: next(codes), kept)


def _apart(markdown: str) -> tuple[str, Iterator[str]]:
    """Return Markdown with a sign in place of each piece of code, and the pieces; comments are left out."""
    blocks = set(fences(markdown))
    inline = comments_and_ticks(_replaced(markdown, {block: _blank(markdown, block) for block in blocks}))
    spans = sorted(blocks.union(inline))
    codes = {span: _code(markdown, span, is_block=span in blocks) for span in spans}
    stand_ins = {
        span: "" if code is None else f"\n{_CODE}\n" if span in blocks else _CODE
        for span, code in codes.items()
    }
    return _replaced(markdown, stand_ins), iter([code for code in codes.values() if code is not None])


def _code(markdown: str, span: Span, *, is_block: bool) -> str | None:
    """Return the visible text of code, or None for a comment."""
    written = markdown[slice(*span)]
    if written.startswith("<!--"):
        return None
    return _block_of(written) if is_block else written.strip("`").strip()


def _block_of(written: str) -> str:
    """Return the lines between two fences."""
    return dedent("\n".join(written.rstrip("\n").split("\n")[1:-1]))


def _blank(markdown: str, span: Span) -> str:
    return _NOT_NEWLINE.sub(" ", markdown[slice(*span)])


def _replaced(text: str, replacements: Mapping[Span, str]) -> str:
    """Return a text with other words in place of some parts; of two that overlap, the first counts."""
    parts, end = [], 0
    for (start, stop), shown in sorted(replacements.items()):
        if start >= end:
            parts += [text[end:start], shown]
            end = stop
    return "".join([*parts, text[end:]])


def _blocks(lines: list[str]) -> Iterator[str]:
    """Yield a line for each block, without the marks at its start; lines of a paragraph are joined."""
    paragraph: list[str] = []
    in_table = False
    for line, next_line in pairwise([*(line.lstrip("> \t") for line in lines), ""]):
        in_table = "|" in line and (in_table or _is_table_rule(next_line))
        alone = _row(line) if in_table else _own_line(line)
        if alone is not None or _STARTS.match(line):
            yield " ".join(paragraph)
            paragraph = []
        if alone is not None:
            yield alone
        else:
            paragraph.append(_BULLET.sub("• ", line))
    yield " ".join(paragraph)


def _own_line(text: str) -> str | None:
    """Return the visible text of a line that is empty or a block of its own, or None if it is part of one."""
    if heading := _HEADING.match(text):
        return heading["text"]
    if box := _BOX.match(text):
        return box["title"] if box["title"] is not None else box["kind"].strip().capitalize()
    return "" if not text or _RULE.match(text) else text if text == _CODE else None


def _is_table_rule(line: str) -> bool:
    return "-" in line and "|" in line and bool(_TABLE_RULE.match(line))


def _row(text: str) -> str:
    if _is_table_rule(text.strip()):
        return ""
    return " | ".join(
        cell.strip() for cell in _CELL_END.split(text.strip().removeprefix("|").removesuffix("|"))
    )


def _without_links(text: str, labels: frozenset[str]) -> str:
    """Keep the label of a link, and say of an image what it shows."""
    marks: dict[Span, str] = {}
    for link in links_in(text, labels):
        marks[link.opening], marks[link.closing] = ("[image: ", "]") if link.is_image else ("", "")
    return _replaced(text, marks)


def _visible(token: re.Match[str]) -> str:
    """Return what a reader sees of a mark, a tag, or an entity."""
    if token.lastgroup == "tag":
        return _visible_of_tag(token["tag"])
    if token.lastgroup == "entity":
        return html.unescape(token["entity"])
    return token["escaped"] or token["address"] or ""


def _visible_of_tag(tag: str) -> str:
    name = tag_name(tag)
    if name == "img":
        described = {attribute.name: attribute.value for attribute in attributes(tag)}.get("alt", "")
        return f"[image: {described}]" if described else ""
    if name in _CELLS:
        return "" if tag.startswith("</") else " | "
    return "" if name in _INLINE else "\n• " if name == "li" and not tag.startswith("</") else "\n"


def _trimmed(line: str) -> str:
    return line.strip().removeprefix("| ")
