"""Finds marks that other programs read as Markdown, and this handbook shows as they are typed."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from handbook.text.markdown.broken_marks import BrokenMark
from handbook.text.prose import layout

_AS_TYPED: Final = "is shown as it is typed"
_NOTE: Final = "write `!!! note`, and below it each line with four spaces"


@dataclass(frozen=True, slots=True)
class _ForeignMark:
    """What every such mark contains, how it is written, and what to do; an extension may know it."""

    contains: str
    pattern: re.Pattern[str]
    advice: str
    extensions: tuple[str, ...] = ()


_MARKS: Final = (
    _ForeignMark(
        "[^",
        re.compile(r"\[\^[^\[\]\s]{1,40}\]"),
        f"a note at the foot of the page {_AS_TYPED}; write it in the text, in parentheses",
        ("footnotes", "extra", "pymdownx.extra"),
    ),
    _ForeignMark(
        "[",
        re.compile(r"^[ \t>]*(?:[-*+]|\d+\.)[ \t]+(?P<mark>\[[ xX]\])[ \t]", re.MULTILINE),
        f"a box to tick {_AS_TYPED}; write `☐` or `☑` in place of the brackets",
        ("pymdownx.tasklist",),
    ),
    _ForeignMark(
        "~~",
        re.compile(r"(?<!~)~~(?=[^\s~])[^~\n]{1,300}(?<=\S)~~(?!~)"),
        f"`~~` {_AS_TYPED}; delete the text, or write `<del>` before and `</del>` after it",
        ("pymdownx.tilde", "pymdownx.extra"),
    ),
    _ForeignMark(
        "==",
        re.compile(r"(?<![=\w])==(?=[^\s=])[^=\n]{1,300}(?<=\S)==(?![=\w])"),
        f"`==` {_AS_TYPED}; write `<mark>` before and `</mark>` after the text",
        ("pymdownx.mark",),
    ),
    _ForeignMark(
        ":::",
        re.compile(r"^[> ]{0,3}(?P<mark>:{3,})[ \t]*[\w{]", re.MULTILINE),
        f"`:::` {_AS_TYPED}; for a note, {_NOTE}",
    ),
    _ForeignMark(
        "[!",
        re.compile(r"^[ ]{0,3}>[ ]?(?P<mark>\[!\w+\])", re.MULTILINE),
        f"this mark {_AS_TYPED}; for a note, {_NOTE}",
        ("pymdownx.quotes",),
    ),
    _ForeignMark(
        "[[",
        re.compile(r"!?\[\[[^\[\]\n]{1,200}\]\](?!\()"),
        f"a link in two pairs of brackets {_AS_TYPED}; write `[text](page.md)`",
        ("wikilinks",),
    ),
    _ForeignMark(
        "===",
        re.compile(r"^[ \t]*(?P<mark>===[!+]*)[ \t]+[\"'“]", re.MULTILINE),
        f"`===` {_AS_TYPED}; write a heading for each part",
        ("pymdownx.tabbed", "pymdownx.blocks.tab"),
    ),
    _ForeignMark(
        "+-",
        re.compile(r"(?<!\|\n)^[ \t>]*(?P<mark>\+(?:[-=]{3,}\+)+)[ \t]*$", re.MULTILINE),
        "this frame makes no table; write rows such as `| One | Two |`, and `|---|---|` below the first",
    ),
    _ForeignMark(
        "]{",
        re.compile(r"(?<!\])\[[^\[\]\n]{1,300}\]\{[.#][^{}\n]{1,100}\}"),
        f"what is in braces after these brackets {_AS_TYPED}; leave only the text",
    ),
    _ForeignMark(
        "*[",
        re.compile(r"^[ ]{0,3}\*\[[^\[\]\n]{1,100}\]:", re.MULTILINE),
        f"what a short form means {_AS_TYPED}; write it in the text, in parentheses",
        ("abbr", "extra", "pymdownx.extra"),
    ),
    _ForeignMark(
        ":",
        re.compile(r"(?<![\w:/.]):(?:[a-z][a-z0-9_-]{1,30}|\+1|-1):(?![\w:/])"),
        f"the name of an emoji {_AS_TYPED}; put the emoji itself in its place",
        ("pymdownx.emoji",),
    ),
    _ForeignMark(
        "://",
        re.compile(
            r"(?<![\w\"'(<>\[=/.:-])(?<!\]: )https?://\w[^\s<>\"'()\[\]]+(?![^\[\]\n]{0,300}\]\()(?![^<>\n]{0,300}</a>)"
        ),
        "this address is not a link; put it in angle brackets, such as `<https://example.org>`",
        ("pymdownx.magiclink",),
    ),
    _ForeignMark(
        "\\\n",
        re.compile(r"(?<=[^\s\\])(?P<mark>\\)\n(?=[ \t>]*\S)"),
        f"a backslash at the end of a line {_AS_TYPED}; write `<br>` in its place",
        ("pymdownx.escapeall",),
    ),
    _ForeignMark(
        "]()",
        re.compile(r"(?<!\])\[[^\[\]\n]{1,300}\]\(\)"),
        "this link has no address; write it between the parentheses",
    ),
    _ForeignMark(
        "](",
        re.compile(r"\](?P<mark>\()(?:https?://[^()\s<>]+|[\w./-]+\.md(?:#[\w-]*)?)[ \t]*$", re.MULTILINE),
        "no parenthesis closes this address, so it is not a link; write `)` after it",
    ),
)


def foreign_marks(markdown: str, extensions: Collection[str]) -> Iterator[BrokenMark]:
    """Yield the marks that nothing in these extensions reads, in no order."""
    known = {name.removeprefix("markdown.extensions.") for name in extensions}
    suspects = [mark for mark in _MARKS if mark.contains in markdown and known.isdisjoint(mark.extensions)]
    text = layout(markdown) if any(mark.pattern.search(markdown) for mark in suspects) else ""
    for mark in suspects if text else ():
        for match in mark.pattern.finditer(text):
            yield BrokenMark(
                match.start("mark") if "mark" in mark.pattern.groupindex else match.start(), mark.advice
            )
