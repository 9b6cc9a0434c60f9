"""Finds the images in Markdown, as Python-Markdown and browsers read them, and what people hear instead."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from handbook.text.markdown.destinations import without_indented_code
from handbook.text.markdown.html_tags import TAG, Attribute, attributes, attributes_of_list, tag_name
from handbook.text.markdown.links import Link, labels_in, links_in
from handbook.text.markdown.reading_text import SOMETHING, plain_text, reading_text, without_expressions

_LIST: Final = re.compile(r"""\{:?+[ ]*+(?:[^{}"'\n]|"[^"\n]*+"|'[^'\n]*+'|["'])++\}""")
# Markdown in it is shown as it is written.
_AS_WRITTEN: Final = re.compile(r"^<pre[\s>].*?(?:</pre>|\Z)", re.IGNORECASE | re.DOTALL | re.MULTILINE)
_TAG: Final = re.compile(TAG)
_PICTOGRAM: Final = "So"
# What draws frames and bullets, and replaces a missing character, is a symbol that means nothing.
_ORNAMENTS: Final = re.compile("[\u2400-\u243f\u2500-\u25ff\ufffd]")


@dataclass(frozen=True, slots=True)
class Image:
    """An image, with its offset, its alternative text, and whether it is marked as decoration."""

    offset: int
    alternative: str
    is_decoration: bool

    @property
    def is_heard(self) -> bool:
        """Tell whether the alternative text has anything to be spoken: a letter, a digit, or a pictogram."""
        return any(map(_is_spoken, self.alternative))


def images_in(markdown: str) -> Iterator[Image]:
    """Yield the images in Markdown, and in what it passes to macros. Code and comments have none."""
    shown = without_expressions(without_indented_code(markdown), arguments=True)
    links = links_in(shown.text, labels_in(shown.text))
    as_written = [match.span() for match in _AS_WRITTEN.finditer(shown.text)]
    of_markdown = (
        _markdown_image(shown.text, link)
        for link in links
        if link.is_image and not any(start < link.opening[0] < end for start, end in as_written)
    )
    for image in (*of_markdown, *_html_images(shown.text)):
        yield Image(shown.offset(image.offset), image.alternative, image.is_decoration)


def _markdown_image(text: str, image: Link) -> Image:
    listed = _LIST.match(text, image.closing[1])
    of_list = list(attributes_of_list(listed.group())) if listed else []
    named = _value(of_list, "alt")
    inside = text[image.opening[1] : image.closing[0]]
    alternative = plain_text(named) if named is not None else reading_text(inside)
    return Image(image.opening[0], alternative.text.strip(), _is_decoration(of_list))


def _html_images(text: str) -> Iterator[Image]:
    for tag in _TAG.finditer(text):
        if tag_name(tag.group()) == "img":
            of_tag = list(attributes(tag.group()))
            alternative = plain_text(_value(of_tag, "alt") or "").text.strip()
            yield Image(tag.start(), alternative, _is_decoration(of_tag))


def _value(listed: Iterable[Attribute], name: str) -> str | None:
    """Return the value of an attribute; browsers take the first of two."""
    return next((attribute.value for attribute in listed if attribute.name == name), None)


def _is_decoration(listed: Iterable[Attribute]) -> bool:
    role, hidden = ((_value(listed, name) or "").strip().lower() for name in ("role", "aria-hidden"))
    return role in ("presentation", "none") or hidden == "true"


def _is_spoken(character: str) -> bool:
    if character == SOMETHING or character.isalnum():
        return True
    return unicodedata.category(character) == _PICTOGRAM and not _ORNAMENTS.match(character)
