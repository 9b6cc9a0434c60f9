"""Finds the images in Markdown, as Python-Markdown and browsers read them, and what people hear instead."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from handbook.text.html_tags import TAG, Attribute, attributes, attributes_of_list
from handbook.text.reading_text import (
    SOMETHING,
    folded_label,
    labels_in,
    plain_text,
    reading_text,
    without_expressions,
)

_BRACKET: Final = re.compile(r"\\.|!?+\[|\]|\n[ \t>]*+\n", re.DOTALL)
_PART: Final = r"""(?:(?!\]\()[^()"']|"(?:(?!\]\()[^"])*+"|'(?:(?!\]\()[^'])*+'|["'])"""
_LINK: Final = re.compile(rf"\((?:{_PART}|\({_PART}*+\))*+\)")
_LABEL: Final = re.compile(r"[ \n]?+\[(?P<label>[^\[\]]*+)\]")
_LIST: Final = re.compile(r"""\{:?+[ ]*+(?:[^{}"'\n]|"[^"\n]*+"|'[^'\n]*+'|["'])++\}""")
_IMG: Final = re.compile(r"<(?=img[\s/>])", re.IGNORECASE)
_TAG: Final = re.compile(TAG)
_PICTOGRAM: Final = "So"
# What draws frames and bullets, and stands for a character that is missing, is a symbol that tells nothing.
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
    shown = without_expressions(markdown, arguments=True)
    for image in (*_markdown_images(shown.text, labels_in(shown.text)), *_html_images(shown.text)):
        yield Image(shown.offset(image.offset), image.alternative, image.is_decoration)


def _markdown_images(text: str, labels: Collection[str]) -> Iterator[Image]:
    """Match each bracket with its partner in the same paragraph, so that no flood of them is slow."""
    opened: list[re.Match[str]] = []
    for bracket in _BRACKET.finditer(text):
        if bracket.group() in ("[", "!["):
            opened.append(bracket)
        elif bracket.group().startswith("\n"):
            opened.clear()
        elif bracket.group() == "]" and opened:
            start = opened.pop()
            end = _end_of_image(text, start.end(), bracket.end(), labels) if len(start.group()) == 2 else None
            if end:
                yield _markdown_image(text, start, bracket, end)


def _end_of_image(text: str, start: int, end: int, labels: Collection[str]) -> int | None:
    """Return the end of an image whose alternative text is between two offsets; None if it is text."""
    if link := _LINK.match(text, end):
        return link.end()
    reference = _LABEL.match(text, end)
    label = (reference["label"] if reference else "") or text[start : end - 1]
    if labels and folded_label(label) in labels:
        return reference.end() if reference else end
    return None


def _markdown_image(text: str, start: re.Match[str], bracket: re.Match[str], end: int) -> Image:
    listed = _LIST.match(text, end)
    of_list = list(attributes_of_list(listed.group())) if listed else []
    named = _value(of_list, "alt")
    alternative = (
        plain_text(named) if named is not None else reading_text(text[start.end() : bracket.start()])
    )
    return Image(start.start(), alternative.text.strip(), _is_decoration(of_list))


def _html_images(text: str) -> Iterator[Image]:
    for start in _IMG.finditer(text):
        if tag := _TAG.match(text, start.start()):
            of_tag = list(attributes(tag.group()))
            alternative = plain_text(_value(of_tag, "alt") or "").text.strip()
            yield Image(tag.start(), alternative, _is_decoration(of_tag))


def _value(some: Iterable[Attribute], name: str) -> str | None:
    """Return the value of an attribute; browsers take the first of two."""
    return next((attribute.value for attribute in some if attribute.name == name), None)


def _is_decoration(some: Iterable[Attribute]) -> bool:
    return (_value(some, "role") or "").strip().lower() in ("presentation", "none")


def _is_spoken(character: str) -> bool:
    if character == SOMETHING or character.isalnum():
        return True
    return unicodedata.category(character) == _PICTOGRAM and not _ORNAMENTS.match(character)
