"""The text that a reader reads of Markdown, and where each of its characters is in the Markdown.

Marks, tags, and characters that nobody sees are left out, so that a word is whole whatever is in it:
`Face**book**`, `Face<b>book</b>`, and `Face&#98;ook` are all one word. A line of the result is a paragraph, a
heading, a cell, or an item. Texts that are not in the flow of the page are lines at the end: titles of links,
alternative texts, and what is passed to a macro. Code, comments, and addresses are not text.

Python-Markdown decides in the end; where it could read a mark in two ways, this module leaves the mark out.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import Final

from handbook.text.characters import NO_LETTER, character_edits, has_odd_characters
from handbook.text.markdown.code import Span
from handbook.text.markdown.html_tags import BLOCKS, TAG, attributes, attributes_of_list, tag_name
from handbook.text.markdown.links import DEFINITION, Link, labels_in, links_in, title_of
from handbook.text.phrase_search import Meaning, PhraseFinder, PhraseMatch
from handbook.text.prose import EXPRESSION, QUOTED, code_in
from handbook.text.tracked_text import Edit, TrackedText

# Replaces what is shown, but not read here: code, or the value of an expression.
SOMETHING: Final = NO_LETTER
_QUIET: Final = r"""*~^\\"“”„«»!\[\]"""
_JOINS: Final = rf"(?:[{_QUIET}_]|==)*+(?:[^\W_]|[<{{])"
# Whatever can be inside a word without being seen: an entity, two texts that an expression joins, marks
# between two letters, the end of a link or a tag. A page without any of it has its words as they are written.
# The pattern begins with one set of characters, which is searched for ten times as fast as many patterns.
_HIDING: Final = re.compile(
    rf"""[&'{_QUIET}<{{=_)}}>](?:(?<=&)(?:\#|\w{{2,31}}+;)|(?<=["'])\s*+[~+]?+\s*+["']"""
    rf"""|(?<=[^\W_][<{{])|(?<=[^\W_][{_QUIET}]){_JOINS}|(?<=[^\W_]=)={_JOINS}"""
    rf"""|(?<=[^\W_]_)_*+(?:[{_QUIET}]|==|(?=[<{{])){_JOINS}|(?<=[)\]}}>])(?:[*~^\\"“”„«»!\[_]|==)*+(?:[^\W_]|[<{{]))"""
)

_LITERAL: Final = re.compile(
    r"""\{\{[-+]?\s*+(?:(?:"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+')\s*+[~+]?+\s*+)++[-+]?\}\}""", re.DOTALL
)
_JOINED: Final = re.compile(r"\s*+[~+]?+\s*+")
# These take texts to compare with, not to show.
_COMPARISON: Final = re.compile(r"\{%[-+]?\s*+(?:if|elif|import|from|include|extends)\b")
_STRING_ESCAPE: Final = re.compile(
    r"""\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{1,3}|[nrtabfv"'\n])"""
)

_LINE: Final = re.compile(
    r"""[ \t]*+(?P<quote>(?:>[ \t]*+)*+)(?P<marker>(?P<alone>\#++|!!!|\?\?\?\+?+|===)[ \t]*+"""
    r"""|(?:[-*+:]|\d{1,9}[.)])[ \t]++|\[\^[^\[\]\s]++\]:|(?=[^\n|]*+\|)|[-=]{2,}+[ \t]*+$)?"""
)
_ATTRIBUTES_OF_LINE: Final = re.compile(r"\{:?[ ]*[^{}\n ][^{}\n]*\}[ \t]*$")
_ENTITY: Final = r"(?:&(?:\#\d{1,7}+|\#[xX][\da-fA-F]{1,6}+);?+|&[a-zA-Z][\da-zA-Z]{1,31}+;)"
_TOKEN_START: Final = re.compile(r"""[\\&<\[*~=^_{|"“”„«»]""")
_TOKEN: Final = re.compile(
    rf"""(?P<escape>\\[\\`*_{{}}\[\]()>\#+\-.!|~^=])|(?P<mark>(?<=\w)\\(?=\w))|(?P<entity>{_ENTITY})"""
    r"""|(?P<autolink><(?=[a-zA-Z][a-zA-Z\d+.-]*+://[^\s<>]++>|[^\s<>@!]++@[^\s<>@]++>))"""
    rf"""|(?P<tag>{TAG})|(?P<footnote>\[\^[^\[\]\s]++\])"""
    r"""|(?P<attributes>(?:(?<=[)\]*_>~])|(?<=\n)(?=\{[^{}\n]++\}[ \t]*+$))\{:?+[ ]*+[^\s{}][^{}\n]*+\})"""
    r"""|(?P<emphasis>\*++|~~|==|\^\^|(?<![^\W_])_++|_++(?![^\W_])|(?<=\w)["“”„«»]++(?=\w))"""
    r"""|(?P<cell>\|)""",
    re.MULTILINE,
)
# Attributes that are shown or spoken.
_SPOKEN: Final = frozenset({"alt", "aria-label", "label", "placeholder", "summary", "title"})


def phrases_read(
    finder: PhraseFinder[Meaning],
    markdown: str,
    language: str,
    *,
    arguments: bool = False,
    addresses: bool = False,
) -> Iterator[PhraseMatch[Meaning]]:
    """Yield the phrases that a reader of Markdown reads, with their offsets in the Markdown."""
    if finder.may_match(markdown) or can_hide_words(markdown):
        read = reading_text(markdown, arguments=arguments, addresses=addresses)
        for match in finder.find(read.text, language):
            yield replace(match, start=read.offset(match.start), text=" ".join(match.text.split()))


@lru_cache(maxsize=8)
def can_hide_words(markdown: str) -> bool:
    """Tell whether readers may read a word that is not in the Markdown letter by letter."""
    return bool(_HIDING.search(markdown)) or has_odd_characters(markdown)


@lru_cache(maxsize=2)  # Rules about one page ask for the same two.
def reading_text(markdown: str, *, arguments: bool = False, addresses: bool = False) -> TrackedText:
    """Return what a reader reads of Markdown, with what is passed to macros and with addresses if wanted."""
    shown = without_expressions(markdown, arguments=arguments)
    labels = labels_in(shown.text)
    defined = _without_definitions(shown, addresses)
    lines = defined.edited(_line_edits(defined.text))
    tokens, links = list(_tokens(lines.text)), list(links_in(lines.text, labels))
    edits = [Edit(*token.span(), _shown(token)) for token in tokens]
    edits += chain.from_iterable(map(_edits_of_link, links))
    aside = [
        *chain.from_iterable(_spoken(token, addresses) for token in tokens),
        *_titles(lines.text, links, addresses),
    ]
    flat = lines.edited(sorted(edits), aside)
    return flat.edited(character_edits(flat.text))


def plain_text(text: str) -> TrackedText:
    """Return a text that is not Markdown, such as a title, in plain characters and without entities."""
    tracked = TrackedText(text)
    edits = (Edit(*match.span(), _decoded(match.group())) for match in re.finditer(_ENTITY, text))
    decoded = tracked.edited(edits)
    return decoded.edited(character_edits(decoded.text))


def without_expressions(markdown: str, *, arguments: bool) -> TrackedText:
    """Return Markdown with what expressions, code, and comments show: nothing, or something not read here."""
    edits = [Edit(start, stop, _stand_in(markdown, start)) for start, stop in code_in(markdown)]
    aside: list[Edit] = []
    for expression in EXPRESSION.finditer(markdown) if "{" in markdown else ():
        edits += _edits_of_expression(expression)
        if arguments and _passes_texts(expression):
            aside += _arguments(expression)
    return TrackedText(markdown).edited(sorted(edits), aside)


def _edits_of_expression(expression: re.Match[str]) -> Iterator[Edit]:
    if expression["raw"] is not None:
        yield from _around(expression.span(), [expression.span("raw")])
    elif _LITERAL.fullmatch(expression.group()):
        yield from _around(expression.span(), _literals(expression))
    else:
        yield Edit(*expression.span(), SOMETHING if expression["kind"] == "{" else "")


def _passes_texts(expression: re.Match[str]) -> bool:
    written = expression.group()
    shown = expression["kind"] == "{" and not _LITERAL.fullmatch(written)
    return shown or (expression["kind"] == "%" and not _COMPARISON.match(written))


def _stand_in(markdown: str, start: int) -> str:
    """Return what is in place of code or a comment; both end the paragraph if they begin their line."""
    is_comment = markdown.startswith("<!--", start)
    line = markdown[markdown.rfind("\n", 0, start) + 1 : start]
    if not line.strip("> \t") and (is_comment or markdown.startswith(("```", "~~~"), start)):
        return "\n\n"
    return "" if is_comment else SOMETHING


def _literals(expression: re.Match[str]) -> Iterator[Span]:
    for quoted in QUOTED.finditer(expression.group()):
        yield expression.start() + quoted.start() + 1, expression.start() + quoted.end() - 1


def _around(whole: Span, kept: Iterable[Span]) -> Iterator[Edit]:
    """Yield what removes a part of a text, but for some spans in it."""
    end = whole[0]
    for start, stop in kept:
        yield Edit(end, start, "")
        end = stop
    yield Edit(end, whole[1], "")


def _arguments(expression: re.Match[str]) -> Iterator[Edit]:
    """Yield the texts in an expression, each in a paragraph of its own unless it is joined to the last."""
    end = None
    for start, stop in _literals(expression):
        if end is None or not _JOINED.fullmatch(expression.string, end + 1, start - 1):
            yield Edit(start, start, "\n\n")
        yield Edit(start, stop, _STRING_ESCAPE.sub(_unescaped, expression.string[start:stop]))
        end = stop


def _unescaped(escape: re.Match[str]) -> str:
    written = escape.group()[1:]
    if written[0] in "xuU":
        return _character(int(written[1:], 16))
    if written.isdigit():
        return _character(int(written, 8))
    return written if written in ("'", '"') else " "


def _character(number: int) -> str:
    return chr(number) if number < 0xD800 or 0xDFFF < number <= 0x10FFFF else " "


def _without_definitions(shown: TrackedText, addresses: bool) -> TrackedText:
    """Take the addresses of reference links out of the flow of the page, but not their titles."""
    if "]:" not in shown.text:
        return shown
    definitions = list(DEFINITION.finditer(shown.text))
    names = ("title", "address") if addresses else ("title",)
    aside = [match.span(name) for match in definitions for name in names if match[name]]
    return shown.edited((Edit(*match.span(), "") for match in definitions), _paragraphs(shown.text, aside))


def _paragraphs(text: str, spans: Iterable[Span]) -> Iterator[Edit]:
    """Yield parts of a text, each as a paragraph of its own."""
    for start, stop in spans:
        yield Edit(start, start, "\n\n")
        yield Edit(start, stop, text[start:stop])


def _line_edits(text: str) -> Iterator[Edit]:
    """Yield what makes a line of each paragraph, heading, item, and row, without the marks at its start."""
    offset = end = 0
    is_apart, was_quoted = True, False
    for line in text.split("\n"):
        start = _LINE.match(line)
        assert start, "the pattern matches even an empty line"  # noqa: S101
        is_empty, is_quoted = start.end() == len(line), bool(start["quote"])
        is_new = is_empty or is_apart or start["marker"] is not None or (is_quoted and not was_quoted)
        yield Edit(end, offset + start.end(), "\n" if is_new else " ")
        if (listed := _attributes_of_block(line, start)) is not None:
            yield Edit(offset + listed, offset + listed, "\n")
        is_apart, was_quoted = is_empty or start["alone"] is not None or "|" in line, is_quoted
        end = offset + len(line)
        offset = end + 1
    yield Edit(end, len(text), "")


def _attributes_of_block(line: str, start: re.Match[str]) -> int | None:
    """Return where the attributes of a heading begin, or those of the lines above."""
    listed = _ATTRIBUTES_OF_LINE.search(line, start.end()) if "{" in line else None
    if listed and (start["alone"] or not line[start.end() : listed.start()].strip()):
        return listed.start()
    return None


def _tokens(text: str) -> Iterator[re.Match[str]]:
    """Yield the marks, entities, and tags; one set of characters is searched for fast."""
    end = 0
    for start in _TOKEN_START.finditer(text):
        if start.start() >= end and (token := _TOKEN.match(text, start.start())):
            yield token
            end = token.end()


def _shown(token: re.Match[str]) -> str:
    """Return what a reader sees of a token."""
    match token.lastgroup:
        case "escape":
            return token.group()[1]
        case "entity":
            return _decoded(token.group())
        case "tag":
            return _shown_of_tag(tag_name(token.group()))
        case "cell":
            return "\n"
    return ""


def _shown_of_tag(name: str) -> str:
    """Return what a reader sees of a tag; the number of a note, or a sign, ends the word before it."""
    if name in ("br", "img", "sup"):
        return " " if name == "br" else SOMETHING
    return "\n" if name in BLOCKS else ""


def _decoded(entity: str) -> str:
    """Return the character that an entity means; no line ends there."""
    return " ".join(html.unescape(entity).split("\n"))


def _edits_of_link(link: Link) -> Iterator[Edit]:
    """Yield what leaves the text of a link in its sentence, and makes a line of that of an image."""
    shown = "\n" if link.is_image else ""
    yield Edit(*link.opening, shown)
    yield Edit(*link.closing, shown)


def _titles(text: str, links: Iterable[Link], addresses: bool) -> Iterator[Edit]:
    for link in links:
        if link.address and (span := link.address if addresses else title_of(text, link.address)):
            yield from _paragraphs(text, [span])


def _spoken(token: re.Match[str], addresses: bool) -> Iterator[Edit]:
    """Yield the attributes of a token that are shown or spoken, each in a paragraph of its own."""
    if token.lastgroup in ("tag", "attributes"):
        read = attributes if token.lastgroup == "tag" else attributes_of_list
        for attribute in read(token.group()):
            if attribute.name in _SPOKEN or addresses:
                start, stop = token.start() + attribute.start, token.start() + attribute.stop
                yield Edit(start, start, "\n\n")
                yield Edit(start, stop, " ".join(attribute.value.split("\n")))
