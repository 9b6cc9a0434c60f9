"""Finds the addresses to which the Markdown of a page links, as Python-Markdown reads them.

`[a](b)`, `<b>`, `[a]: b`, and the attributes of HTML are links. An address in running text is not a link, but
readers type it.
"""

import html
import re
from collections.abc import Iterator
from typing import Final, TypeAlias
from urllib.parse import quote, urlsplit

# Where an address begins and ends in the text, and the address.
Link: TypeAlias = tuple[int, int, str]

# What a backslash keeps from being Markdown. Tables add the bar.
_ESCAPE: Final = re.compile(r"\\([\\`*_{}\[\]()>#+\-.!|])")
_ESCAPED: Final = re.compile("\x02(.)")
_PRIVATE: Final = 0xE000
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|\w{1,40});", re.ASCII)
_OPENING: Final = re.compile(r"(?<=\])\((?=[\s>]*+<?\s*+https?://)", re.IGNORECASE)
_IN_BRACKETS: Final = re.compile(r"""\(\s*<([^<>]*)>\s*(?:(?:'[^']*'|"[^"]*")\s*)?\)""")
_DEFINITION: Final = re.compile(
    r"^[> \t]*(?:[-*+][ ]+)?\[[^\[\]\n]*\]:[ ]*(?:\n[ ]*)?(\S+)[ ]*"
    r"(?:\n?[ ]*(?:([\"']).*\2|\(.*\))[ ]*)?$",
    re.MULTILINE,
)
_AUTOLINK: Final = re.compile(r"<(https?://(?:\\[\\>]|\\(?![\\>])|[^<>\\])*)>", re.IGNORECASE)
# A link inside of an address leaves its text in it.
_INNER_LINK: Final = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
# What marks the lines of a quotation is not part of an address that goes on in the next line.
_QUOTE_MARKS: Final = re.compile(r"\n(?: {0,3}> ?)+")
_TAG: Final = re.compile(
    r"""<[a-zA-Z][^\s"'<>@]*+(?:\s++[^\s"'=<>]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>]++))?+)*+\s*+/?>"""
)
_ATTRIBUTE: Final = re.compile(
    r"""\s(?:href|src|poster|cite|data|action)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.IGNORECASE
)
_BARE: Final = re.compile(
    r"https?://(?:[^\s<>\"`{}|\\()\[\]]|\\[\\`*_{}\[\]()>#+\-.!|]|\([^\s<>\"`{}|\\()\[\]]*\))+", re.IGNORECASE
)
# What the lines below it, by four spaces, belong to; some extensions have footnotes, definitions, and tabs.
_CONTAINER: Final = re.compile(
    r" {0,3}(?:[-*+][ \t]|\d+\.[ \t]|!!!|\?\?\?|===|:[ ]{3}|\[\^[^\]\n]+\]:|<|\{%|\{\{)"
)
_EXPRESSION: Final = "{{"
_JINJA_COMMENT: Final = re.compile(r"\{#.*?#\}", re.DOTALL)
_PARAGRAPH_END: Final = re.compile(r"\n[> \t]*\n")
# An invisible character at the end of an address came with the text that was pasted.
_ENDS_A_SENTENCE: Final = ".,;:!?'*_’”»\u00ad\u200b\u200c\u200d\u2060\ufeff"
_NOT_NEWLINE: Final = re.compile(r"[^\n]")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_NOT_ASKED: Final = re.compile(r"""[\s"<>`{}]""")
# No address, with the title after it, is so long.
_LONGEST: Final = 2_000


def destinations(text: str) -> Iterator[tuple[str, int]]:
    """Yield each outside address in Markdown without its code, and the offset at which it begins.

    An address is written as a browser asks for it, without its fragment: one page answers for all its parts.
    What an expression completes, such as `https://example.org/{{ name }}`, is known only on the built page.
    """
    text = _JINJA_COMMENT.sub(_blank, text)
    links = [*_links(text)]
    links += _bare(text, links)
    for start, stop, address in sorted(links):
        asked = as_asked(address)
        if asked and _EXPRESSION not in address and not text.startswith(_EXPRESSION, stop):
            yield asked, start


def _blank(match: re.Match[str]) -> str:
    return _NOT_NEWLINE.sub(" ", match.group())


def without_indented_code(text: str) -> str:
    """Blank the lines that are code by four spaces; below an item, a note, or HTML they are its text."""
    lines = text.split("\n")
    belongs = is_code = False
    after_blank = True
    for number, line in enumerate(lines):
        if not line.strip():
            after_blank = True
            continue
        if not line.startswith(("    ", "\t")):
            is_code, belongs = False, bool(_CONTAINER.match(line)) or (belongs and not after_blank)
        else:
            is_code = is_code or (after_blank and not belongs)
            lines[number] = " " * len(line) if is_code else line
        after_blank = False
    return "\n".join(lines)


def _links(text: str) -> Iterator[Link]:
    for opening in _OPENING.finditer(text):
        yield from _inline(text, opening.start())
    for definition in _DEFINITION.finditer(text):
        yield (*definition.span(1), definition[1].lstrip("<").rstrip(">"))
    for autolink in _AUTOLINK.finditer(text):
        yield (*autolink.span(1), _ESCAPE.sub(r"\1", _INNER_LINK.sub(r"\1", autolink[1])))
    for tag in _TAG.finditer(text):
        for attribute in _ATTRIBUTE.finditer(text, *tag.span()):
            group = attribute.lastindex or 0
            yield (*attribute.span(group), attribute[group])


def _inline(text: str, start: int) -> Iterator[Link]:
    """Yield the address of a link whose parenthesis opens at `start`, if one closes it."""
    end = _PARAGRAPH_END.search(text, start, start + _LONGEST)
    data = _QUOTE_MARKS.sub(_newlines, text[start : end.start() if end else start + _LONGEST])
    data = _ESCAPE.sub(_neutral, data)
    bracketed = _IN_BRACKETS.match(data)
    span = bracketed.span(1) if bracketed else _between_parentheses(data)
    if span:
        address = _ESCAPED.sub(_restored, data[slice(*span)]).strip()
        yield start + span[0], start + span[1], address


def _newlines(marks: re.Match[str]) -> str:
    """Return as many characters as there were, which no address has."""
    return "\n" * len(marks[0])


def _neutral(escape: re.Match[str]) -> str:
    """Return two characters that mean nothing, for a backslash and what it escapes."""
    return f"\x02{chr(_PRIVATE + ord(escape[1]))}"


def _restored(escaped: re.Match[str]) -> str:
    return chr(ord(escaped[1]) - _PRIVATE) if ord(escaped[1]) >= _PRIVATE else escaped[0]


def _between_parentheses(data: str) -> tuple[int, int] | None:
    """Return where the address in `(address "title")` begins and ends; it may hold pairs of parentheses."""
    closing = _closing(data)
    mark = re.compile("[\"']").search(data, 1, closing or len(data))
    if mark:
        other = data.find("'" if mark[0] == '"' else '"', mark.end())
        titles = [(_title_end(data, begin), begin) for begin in (mark.start(), other) if begin >= 0]
        ends = sorted((end, begin) for end, begin in titles if end)
        if ends:
            return 1, ends[0][1]
    return (1, closing) if closing else None


def _title_end(data: str, begin: int) -> int:
    """Return the end of the title that begins with a quote, or 0 if no such quote is before a parenthesis."""
    end = re.compile(rf"{data[begin]} *\)").search(data, begin + 1)
    return end.start() if end else 0


def _closing(data: str) -> int:
    """Return the offset of the parenthesis that closes the first, or 0."""
    depth = 0
    for parenthesis in re.finditer(r"[()]", data):
        depth += 1 if parenthesis[0] == "(" else -1
        if not depth:
            return parenthesis.start()
    return 0


def _bare(text: str, links: list[Link]) -> Iterator[Link]:
    """Yield the addresses in running text, which end before what ends a sentence."""
    parts, end = [], 0
    for start, stop, _ in sorted(links):
        parts += [text[end:start], " " * (stop - max(start, end))]
        end = max(stop, end)
    for match in _BARE.finditer("".join([*parts, text[end:]])):
        yield (*match.span(), _ESCAPE.sub(r"\1", match.group()).rstrip(_ENDS_A_SENTENCE))


def as_asked(address: str) -> str | None:
    """Return an address as a browser asks for it, or None if it does not lead to another host."""
    decoded = _ENTITY.sub(lambda entity: html.unescape(entity[0]), address).strip()
    decoded = _CONTROL.sub("", decoded).replace("\\", "/").partition("#")[0]
    asked = _NOT_ASKED.sub(lambda character: quote(character[0]), decoded)
    if not asked.isprintable():
        asked = "".join(
            letter if letter.isprintable() else quote(letter, errors="replace") for letter in asked
        )
    try:
        is_outside = asked.lower().startswith(("http://", "https://")) and urlsplit(asked).hostname
    except ValueError:
        return None
    return asked if is_outside else None
