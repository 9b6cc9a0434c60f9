"""The Markdown of a document: nothing of it runs, and what only looks like a mark of Markdown is text."""

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Final

import mammoth
import nh3
from html_to_markdown import ConversionOptions, convert

from handbook.errors import HandbookError

_TAGS: Final = frozenset(
    "a b blockquote br em h1 h2 h3 h4 h5 h6 i li ol p s strong sub sup table tbody td th thead tr ul".split()  # noqa: SIM905
)
_SCHEMES: Final = frozenset(("http", "https", "mailto"))
# What the converter raises for a document that lacks what it relies on.
_UNUSABLE: Final = (LookupError, ValueError, AttributeError, TypeError, RecursionError)
# The title of a document is above all its headings.
_STYLES: Final = "\n".join(
    [
        "p[style-name='Title'] => h1:fresh",
        *(f"p[style-name='Heading {level}'] => h{min(level + 1, 6)}:fresh" for level in range(1, 7)),
        "comment-reference => ",
    ]
)
_OPTIONS: Final = ConversionOptions(
    escape_asterisks=True, escape_underscores=True, escape_misc=True, skip_images=True, bullets="-"
)
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
# What our Markdown can escape, and what it cannot, which becomes a reference to the character.
_ALWAYS: Final = frozenset("\\`*_[]")
_AS_REFERENCE: Final = frozenset("<>~|^={}")
_AT_START: Final = frozenset("#+-!")
_NUMBER: Final = re.compile(r"\s*\d{1,9}")
# At the beginning of a line, these begin a box, a tab, or a definition.
_BOX: Final = re.compile(r"^(?P<indent>\s*)(?P<mark>\?\?\?|===|:|\$\$\$)", re.MULTILINE)


def markdown_of(parts: Mapping[str, bytes]) -> str:
    """Return the text of a document, given as its parts, in Markdown."""
    try:
        document = io.BytesIO(_zipped(parts))
        html = mammoth.convert_to_html(document, style_map=_STYLES, convert_image=_left_out).value
    except _UNUSABLE:
        raise HandbookError(
            "the document is not as Word writes it; open it in Word, and save it again"
        ) from None
    clean = nh3.clean(
        html,
        tags=set(_TAGS),
        attributes={"a": {"href"}},
        attribute_filter=_kept,
        url_schemes=set(_SCHEMES),
        link_rel=None,
    )
    content = convert(clean, _OPTIONS).content or ""
    return "\n".join(map(_line, content.split("\n")))


def _left_out(_picture: object) -> list[object]:
    """Open no picture, because none was taken out of the document."""
    return []


def _line(line: str) -> str:
    """Return a line in which only what the document means is a mark.

    A brace could begin a macro, or attributes of a heading; as a reference, readers see the same.
    """
    settled = _ESCAPED.sub(lambda match: _escaped(match[1], line[: match.start()], line[match.end() :]), line)
    settled = settled.replace("{", "&#123;").replace("}", "&#125;")
    return _BOX.sub(lambda match: f"{match['indent']}&#{ord(match['mark'][0])};{match['mark'][1:]}", settled)


def _escaped(character: str, before: str, after: str) -> str:
    """Return how a character is written that means itself."""
    is_first = not before.strip(" >|")
    if character in _ALWAYS or (character in _AT_START and is_first):
        return f"\\{character}"
    if character in _AS_REFERENCE:
        return f"&#{ord(character)};"
    if character in ".)" and _NUMBER.fullmatch(before) and not after[:1].strip():
        return f"\\{character}"
    begins_reference = character == "&" and (after[:1].isalnum() or after.startswith(("#", "\\#")))
    return "&amp;" if begins_reference else character


def _kept(_element: str, _attribute: str, value: str) -> str | None:
    """Leave out links within the document, such as those of footnotes: their targets have other names now."""
    return None if value.startswith("#") else value


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()
