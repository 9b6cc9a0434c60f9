"""Tags of HTML as browsers read them: a `>` in quotes ends none, and no attribute is inside another."""

import html
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_VALUE: Final = r"""\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>]++)"""
# The pattern of a whole tag, to be part of others. It never goes back, so that no flood of tags is slow.
TAG: Final = rf"""</?+[a-zA-Z][^\s"'<>/=]*+(?:\s++|/|[^\s"'<>/=]++(?:{_VALUE})?+)*+>"""
# Tags that end a line; all others can be inside a word.
BLOCKS: Final = frozenset(
    "address article aside audio blockquote caption center dd details dialog div dl dt fieldset figcaption"  # noqa: SIM905
    " figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr iframe legend li main menu nav ol optgroup option"
    " p pre section select source summary svg table tbody td template textarea tfoot th thead title tr track"
    " ul video".split()
)
_NAME: Final = re.compile(r"</?([a-zA-Z][^\s\"'<>/=]*)")
_ATTRIBUTE: Final = re.compile(rf"""(?P<name>[^\s"'<>/=]++)(?P<value>{_VALUE})?+""")
_ATTRIBUTE_OF_LIST: Final = re.compile(
    r"""(?P<name>[^\s"'={}]++)(?P<value>=(?:"[^"]*+"|'[^']*+'|[^\s"'={}]++))?+"""
)


class Attribute(NamedTuple):
    """An attribute with its name in lower case and its value without quotes and entities.

    `start` and `stop` are the offsets of the value as it is written.
    """

    name: str
    value: str
    start: int
    stop: int


def tag_name(tag: str) -> str:
    """Return the name of a tag in lower case."""
    name = _NAME.match(tag)
    return name[1].lower() if name else ""


def attributes(tag: str) -> Iterator[Attribute]:
    """Yield the attributes of a tag; of one without a value, the value is empty."""
    name = _NAME.match(tag)
    yield from _attributes(_ATTRIBUTE, tag, name.end() if name else 0)


def attributes_of_list(attribute_list: str) -> Iterator[Attribute]:
    """Yield the attributes of a list such as `{ role="presentation" }` that Markdown puts on an element."""
    yield from _attributes(_ATTRIBUTE_OF_LIST, attribute_list, 0)


def _attributes(pattern: re.Pattern[str], text: str, start: int) -> Iterator[Attribute]:
    for match in pattern.finditer(text, start):
        value = (match["value"] or "").lstrip("= \t\n\r\f")
        quoted = value[:1] in ('"', "'")
        bare = value[1:-1] if quoted else value
        stop = match.end() - quoted
        yield Attribute(match["name"].lower(), html.unescape(bare), stop - len(bare), stop)
