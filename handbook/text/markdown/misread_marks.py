"""Finds what Markdown reads as something else than its author: headings, comments, HTML, and references."""

import re
from collections.abc import Iterator
from typing import Final

from handbook.text.markdown.broken_marks import BrokenMark
from handbook.text.markdown.links import folded, labels_in
from handbook.text.prose import code_in, layout

_BEFORE: Final = "\n\n"
_REFERENCE: Final = re.compile(
    r"(?<![\\\]\[])\[(?P<text>(?!\^)[^\[\]\n]{1,300})\]\[(?P<label>(?!\^)[^\[\]\n]{0,100})\](?![(\[:])"
)
# A block whose second line makes a heading of its first.
_UNDERLINED: Final = re.compile(
    r"\n[ \t]*\n(?P<line>(?!\#|[-*+>|<=]|\d+\.[ \t])[^\n]{1,1000})\n(?P<rule>-+|=+)[ ]*(?=\n|\Z)"
)
_TITLE: Final = re.compile(r"\n#[ \t]+\S")
_ENDS_SENTENCE: Final = (".", ",", ";", ":", "!", "?", "…")
_FRONT_MATTER: Final = re.compile(
    r"\n(?P<rule>---)[ \t]*\n(?:[a-z_]+:(?:[ \t][^\n]*)?\n(?:[ ]*- [^\n]*\n)*){1,40}---[ \t]*(?=\n|\Z)"
)
# A comment whose marks a word processor has changed, or that has a space too many or a hyphen too few.
_NO_COMMENT: Final = re.compile(r"<![ ]?[-–—]")
_HASHTAG: Final = re.compile(r"\n[ \t>]*(?:(?:[-*+]|\d+\.)[ \t]+)?(?P<mark>#)(?=\w)")
_BLOCK: Final = re.compile(
    r"\n {0,3}(?P<tag><(?P<name>details|div|section|aside|article|header|footer|main|p|figure|table|ul|ol)"
    r"\b(?P<attributes>[^<>\n]*)>)",
    re.IGNORECASE,
)
_MARKED: Final = re.compile(r"\*\*[^\s*][^*\n]*\*\*|\]\([^()\s]+\)|\n[ \t]*(?:[-*+]|\d+\.|#{1,6})[ \t]+\S")
_MARKDOWN: Final = re.compile(r"(?<![\w-])markdown(?![\w-])", re.IGNORECASE)


def misread_marks(markdown: str) -> Iterator[BrokenMark]:
    """Yield the marks that Markdown reads as something else, in no order."""
    # An empty line before the text lets each search begin at one.
    whole = f"{_BEFORE}{markdown}"
    if not any(_marks_in(whole, whole)):
        return
    for mark in _marks_in(whole, layout(whole)):
        yield BrokenMark(mark.offset - len(_BEFORE), mark.message)


def _marks_in(markdown: str, text: str) -> Iterator[BrokenMark]:
    """Yield the misread marks in a text as laid out. Each search is done only if the text has such a mark."""
    if "][" in text:
        yield from _references(markdown, text)
    if "\n--" in text or "\n==" in text:
        yield from _rules(text)
    if "#" in text:
        yield from _hashtags(text)
    if "<!" in markdown:
        yield from _comments(markdown, text)
    if "<" in text:
        yield from _blocks_of_html(text)


def _references(markdown: str, text: str) -> Iterator[BrokenMark]:
    labels = labels_in(markdown)
    for match in _REFERENCE.finditer(text):
        if folded(match["label"] or match["text"]) not in labels:
            message = "no line names the address of this link, so it is not one; write `[text](address)`"
            yield BrokenMark(match.start(), message)


def _rules(text: str) -> Iterator[BrokenMark]:
    """Find front matter below the top, and lines below a text that make a heading of it."""
    for match in _FRONT_MATTER.finditer(text):
        message = "front matter is only read at the top of the file; move these lines there, or delete them"
        yield BrokenMark(match.start("rule"), message)
    for match in _UNDERLINED.finditer(text):
        if match["rule"][0] == "-" and match["line"].rstrip().endswith(_ENDS_SENTENCE):
            message = "this line makes a heading of the one above; put an empty line between them"
            yield BrokenMark(match.start("rule"), message)
        elif match["rule"][0] == "=" and _TITLE.search(text, 0, match.start()):
            message = "this line makes a second title of the one above; begin that with `##`, and delete this"
            yield BrokenMark(match.start("rule"), message)


def _hashtags(text: str) -> Iterator[BrokenMark]:
    """Find lines that a hashtag makes a title of, except the title itself."""
    beginning = len(text) - len(text.lstrip())
    for match in _HASHTAG.finditer(text):
        if match.start("mark") > beginning:
            message = "this makes a title of the line; write `\\#` for a hashtag, or `## ` for a heading"
            yield BrokenMark(match.start("mark"), message)


def _comments(markdown: str, text: str) -> Iterator[BrokenMark]:
    """Find a comment that nothing closes, and one that ends only where the next one does."""
    for match in _NO_COMMENT.finditer(text):
        message = "readers see this comment; write `<!--` at its beginning, and `-->` at its end"
        yield BrokenMark(match.start(), message)
    for begin, end in code_in(markdown):
        if markdown.startswith("<!--", begin) and "<!--" in markdown[begin + 4 : end]:
            message = "this comment hides the text up to the end of the next one; write `-->` where it ends"
            yield BrokenMark(begin, message)


def _blocks_of_html(text: str) -> Iterator[BrokenMark]:
    """Find blocks of HTML whose Markdown is shown as it is typed; one that nothing closes has no end."""
    below, position = text.casefold(), 0
    while block := _BLOCK.search(text, position):
        position = block.end()
        if _MARKDOWN.search(block["attributes"]):
            continue
        name = block["name"].casefold()
        end = below.find(f"</{name}", position)
        if _MARKED.search(text, position, end if end >= 0 else len(text)):
            tag = f'<{name}{block["attributes"].rstrip()} markdown="1">'
            unclosed = f", and `</{name}>` where it ends" if end < 0 else ""
            message = (
                f"in <{name}>, marks are shown as they are typed; write `{tag}` at its beginning{unclosed}"
            )
            yield BrokenMark(block.start("tag"), message)
        if end < 0:
            return
        position = end
