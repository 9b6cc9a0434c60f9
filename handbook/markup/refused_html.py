"""Judges the HTML of pages: what could run, load, or imitate anything in a reader's browser is refused.

The check judges with it what a page says, and a build what it prints; what is refused is taken out.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Final

ELEMENTS: Final = frozenset(
    "a abbr b blockquote br caption cite code dd del details dfn div dl dt em figcaption figure"  # noqa: SIM905
    " h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s section small span strong sub summary sup"
    " table tbody td tfoot th thead time tr u ul var".split()
)
# The other elements of HTML, also of former editions, and those of drawings and formulas.
_OTHER_ELEMENTS: Final = frozenset(
    "address acronym applet area article aside audio base basefont bdi bdo bgsound big blink body button"  # noqa: SIM905
    " canvas center col colgroup data datalist dialog dir embed fieldset font footer form frame frameset head"
    " header hgroup html iframe image input isindex keygen label legend link listing main map marquee math"
    " menu menuitem meta meter nav nobr noembed noframes noscript object optgroup option output param picture"
    " plaintext portal progress rb rp rt rtc ruby samp script search select slot source spacer strike style"
    " svg template textarea title track tt video wbr xmp".split()
)
_LONGEST_TEXT: Final = 60
ATTRIBUTES: Final = {
    "*": {
        "aria-hidden",
        "aria-label",
        "aria-labelledby",
        "class",
        "dir",
        "id",
        "lang",
        "role",
        "tabindex",
        "title",
    },
    "a": {"href", "hreflang"},
    "details": {"open"},
    "img": {"alt", "height", "src", "width", "loading"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan", "style"},
    "th": {"colspan", "rowspan", "scope", "style"},
    "time": {"datetime"},
}
SCHEMES: Final = frozenset({"https", "http", "mailto", "tel"})
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_IGNORED: Final = re.compile(r"[\x00-\x20]+")
# Material's script reads its settings from the first element with the id __config, and asks another
# host for what it needs to draw a diagram of the class mermaid.
_THEME_ID: Final = re.compile(r"__")
# Material's script looks for the element of each heading by a selector, which other characters break.
PLAIN_ID: Final = re.compile(r"[\w.:-]+")
# A link may look like a button, which does nothing but look.
_THEME_CLASS: Final = re.compile(r"md-(?!button(?:--primary)?$)|mermaid$|tabbed-")
# What the frame of a page says about it, outside its text. No macro shows any of this.
_FRAME_CLASS: Final = re.compile(r"(?:facts|overdue|other-edition|fallback|history)(?:__|--|$)")
_ALIGNMENT: Final = re.compile(r"text-align:\s*(?:left|right|center|justify)\s*;?")
_NOT_ALLOWED: Final = "the attribute {} is not allowed in a page"


def _address(value: str) -> str:
    """Return an address as a browser reads it: without white space, and with no backslash."""
    return _IGNORED.sub("", value).replace("\\", "/")


def _judge_scheme(address: str) -> str | None:
    scheme = _SCHEME.match(address)
    if not scheme or scheme[1].lower() in SCHEMES:
        return None
    if scheme[1].lower() == "file" or len(scheme[1]) == 1:
        return "this file is on one computer, where no reader finds it; put it under docs/ and link to it"
    return f"an address that begins with {scheme[1].lower()}: is not allowed in a page"


def _judge_source(value: str) -> str | None:
    address = _address(value)
    if refusal := _judge_scheme(address):
        return refusal
    if _SCHEME.match(address) or address.startswith("//"):
        return f"{address} is on another host; put the file under docs/ and link to it"
    return None


def _judge_link(value: str) -> str | None:
    address = _address(value)
    if refusal := _judge_scheme(address):
        return refusal
    return f"{address} has no protocol; write https: before it" if address.startswith("//") else None


def complaint_about_class(names: str) -> str | None:
    """Return what is wrong with the first class that pages may not have, or None."""
    for name in names.split():
        if _THEME_CLASS.match(name):
            return f"the class {name} belongs to the theme; take it out"
        if _FRAME_CLASS.match(name):
            return f"the class {name} is for what the handbook itself says about a page; take it out"
    return None


def _judge_id(value: str) -> str | None:
    if not PLAIN_ID.fullmatch(value):
        return f"the id {value} has more than letters, digits, and - _ . : in it; choose another"
    return f"the id {value} belongs to the theme; choose another" if _THEME_ID.match(value) else None


def _judge_tabindex(value: str) -> str | None:
    return None if value == "0" else "the attribute tabindex may only be 0 in a page"


def _judge_style(value: str) -> str | None:
    return None if _ALIGNMENT.fullmatch(value) else _NOT_ALLOWED.format("style")


_JUDGES: Final[Mapping[str, Callable[[str], str | None]]] = {
    "class": complaint_about_class,
    "href": _judge_link,
    "id": _judge_id,
    "src": _judge_source,
    "style": _judge_style,
    "tabindex": _judge_tabindex,
}


def complaint_about(element: str, attribute: str, value: str) -> str | None:
    """Return what is wrong with an attribute, or None."""
    if attribute not in ATTRIBUTES["*"] and attribute not in ATTRIBUTES.get(element, ()):
        return _NOT_ALLOWED.format(attribute)
    judge = _JUDGES.get(attribute)
    return judge(value) if judge else None


_TAG: Final = re.compile(r"""<([a-zA-Z][^\s/<>]*)((?:"[^"]*"|'[^']*'|[^"'<>]+)*)""")
_COMMENT: Final = re.compile(r"<!--(?:-?>|.*?--!?>)", re.DOTALL)
_ATTRIBUTE: Final = re.compile(r"""([^\s"'/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"']*))?""")


@dataclass(frozen=True, slots=True)
class Refusal:
    """What cleaning takes out: an element, or an attribute with its value, and a sentence about it."""

    message: str
    element: str
    attribute: str = ""
    value: str = ""


def suspects(html: str) -> list[str]:
    """Return a complaint for everything that cleaning takes out, for the author of the page."""
    return sorted({refusal.message for refusal in refusals(html)})


def refusals(html: str) -> set[Refusal]:
    """Return everything that cleaning takes out of some HTML."""
    tags = set(_TAG.findall(_without_comments(html)))  # Most tags of a page are the same few.
    return {refusal for tag in tags for refusal in _refusals_of_tag(*tag)}


def _without_comments(html: str) -> str:
    """Return HTML without its comments, which cleaning takes out as well; one that nothing closes stays."""
    end = html.rfind("-->") + 3
    return _COMMENT.sub("", html[:end]) + html[end:] if end > 2 and "<!--" in html else html


def located_refusals(text: str) -> Iterator[tuple[int, Refusal]]:
    """Yield what is refused in the tags that are written in a text, with the offset of each tag."""
    for match in _TAG.finditer(text):
        for refusal in _refusals_of_tag(match[1], match[2]):
            yield match.start(), refusal


def tags(html: str) -> Iterator[tuple[int, str, dict[str, str]]]:
    """Yield the offset and the name of each element that begins in some HTML, and its attributes."""
    for match in _TAG.finditer(html):
        yield match.start(), match[1].lower(), attributes_of(match[2])


def attributes_of(tag: str) -> dict[str, str]:
    """Return the attributes by their names, in lower case, in what follows the name of a tag."""
    return dict(_attributes(tag))


def _attributes(text: str) -> Iterator[tuple[str, str]]:
    for name, value in _ATTRIBUTE.findall(text):
        yield name.lower(), unescape(value.strip("\"'"))


def _is_text(element: str) -> bool:
    """Tell whether what looks like a tag is probably a text in angle brackets, such as `<your name>`."""
    return element not in ELEMENTS | _OTHER_ELEMENTS and ":" not in element


@lru_cache(maxsize=32_768)  # Pages repeat the same tags.
def _refusals_of_tag(element: str, attributes: str) -> tuple[Refusal, ...]:
    written, element = " ".join(f"{element}{attributes}".split()), element.lower()
    if _is_text(element) and "=" not in written and len(written) <= _LONGEST_TEXT:
        advice = f"take it out, or write `&lt;{written}&gt;` if it is text"
        return (Refusal(f"<{written}> is not allowed in a page; {advice}", element),)
    refused = [] if element in ELEMENTS else [Refusal(f"<{element}> is not allowed in a page", element)]
    for name, value in _attributes(attributes):
        if complaint := complaint_about(element, name, value):
            refused.append(Refusal(complaint, element, name, value))
    return tuple(refused)
