"""Finds markup in the text of a page that imitates what the handbook itself shows by its macros.

Readers take a card with a contact, a fact with its source, or the state of a review for what the registers
say. With some of these classes, they do not see a text at all.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from handbook.text.prose import without_code

# What the classes of macros begin with, as in `contact`, `fact__source`, and `tag--topic-photos`.
_COMPONENT: Final = re.compile(
    r"(?:acknowledge|compliance|component|contact|data-table|decision|downloads|editions|fact|filters|glance"
    r"|library|outcome|past-unknown|records-table|records?|redline|reviews|scenarios?|sources?|tag"
    r"|visually-hidden|what-changed(?:-here)?)(?:__|--|$)"
)
# What surrounds the words of a page: its frame, and marks beside headings and notes. On a screen or on paper,
# some of it is not seen until it is needed.
_FRAME: Final = re.compile(
    r"(?:a-to-z|breadcrumb|change|contents|disclosure|emergency|footer|footnote-backref|header|headerlink"
    r"|inbox|search|skip)(?:__|--|$)"
)
_TAG: Final = re.compile(r"""<[a-zA-Z][^\s/<>]*(?:"[^"]*"|'[^']*'|[^"'<>])*""")
_ATTRIBUTE: Final = re.compile(r"""([^\s"'/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>{}]+)))?""")
_QUOTED: Final = re.compile(r"""\"[^"]*"|'[^']*'""")
# A list of attributes, such as `{ .wide }`, but no expression; and a note, such as `!!! warning`.
_ATTRIBUTES: Final = re.compile(r"(?<!\{)\{(?![{%#]):?([^{}\n]*)\}(?!\})")
_NAME: Final = re.compile(r"(?:^|(?<=\s))\.([\w-]+)")
_NOTE: Final = re.compile(r"^[ \t>]*(?:!!!|\?\?\?\+?)[ \t]*([\w-]+(?:[ \t]+[\w-]+)*)", re.MULTILINE)


def imitations(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset of each imitation in the text of a page, and what to do."""
    own = without_code(text)
    imitations = [*_in_tags(own), *_in_lists(own), *_in_notes(own)]
    for offset, name in sorted(set(imitations)):
        if _COMPONENT.match(name):
            yield offset, f"the class {name} is for what a macro shows; take it out, or call the macro"
        elif _FRAME.match(name):
            yield offset, f"the class {name} is for what surrounds a page; take it out"


def _in_tags(text: str) -> Iterator[tuple[int, str]]:
    for tag in _TAG.finditer(text):
        yield from ((tag.start(), name) for name in _names_in(tag.group()))


def _in_lists(text: str) -> Iterator[tuple[int, str]]:
    for attributes in _ATTRIBUTES.finditer(text):
        names = [*_NAME.findall(_QUOTED.sub("", attributes[1])), *_names_in(attributes[1])]
        yield from ((attributes.start(), name) for name in names)


def _in_notes(text: str) -> Iterator[tuple[int, str]]:
    for note in _NOTE.finditer(text):
        yield from ((note.start(1), name) for name in note[1].lower().split())


def _names_in(attributes: str) -> list[str]:
    """Return the names that the attribute `class` has, whatever the others say."""
    values = (
        double or single or bare
        for key, double, single, bare in _ATTRIBUTE.findall(attributes)
        if key.lower() == "class"
    )
    return [name for value in values for name in unescape(value).split()]
