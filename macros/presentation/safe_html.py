"""Lets through only HTML that cannot run, load or imitate anything in a reader's browser.

Pages come from pull requests and Markdown lets HTML pass, so every rendered page goes through
nh3, a binding to the Ammonia sanitizer, with the elements that pages and macros need.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from html import unescape
from typing import Final

import nh3

ELEMENTS: Final = frozenset(
    "a abbr b blockquote br caption cite code dd del details dfn div dl dt em figcaption figure"  # noqa: SIM905
    " h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s section small span strong sub summary sup"
    " table tbody td tfoot th thead time tr u ul var".split()
)
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
_SCHEMES: Final = frozenset({"https", "http", "mailto", "tel"})
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_IGNORED: Final = re.compile(r"[\x00-\x20]+")
# Material's script reads its settings from the first element with the id __config, and asks another
# host for what it needs to draw a diagram of the class mermaid.
_THEME_ID: Final = re.compile(r"__")
# Material's script looks for the element of each heading by a selector, which other characters break.
_PLAIN_ID: Final = re.compile(r"[\w.:-]+")
# A link may look like a button, which does nothing but look.
_THEME_CLASS: Final = re.compile(r"md-(?!button(?:--primary)?$)|mermaid$|tabbed-")
# What the frame of a page says about it, outside its text. No macro shows any of this.
_FRAME_CLASS: Final = re.compile(r"(?:facts|overdue|other-edition|fallback|history)(?:__|--|$)")
_ALIGNMENT: Final = re.compile(r"text-align:\s*(?:left|right|center|justify)\s*;?")
_NOT_ALLOWED: Final = "the attribute {} is not allowed in a page"


def _address(value: str) -> str:
    """Return an address as a browser reads it: without white space, and with no backslash."""
    return _IGNORED.sub("", value).replace("\\", "/")


def _judge_source(value: str) -> str | None:
    address = _address(value)
    scheme = _SCHEME.match(address)
    if scheme and scheme[1].lower() not in _SCHEMES:
        return f"an address that begins with {scheme[1].lower()}: is not allowed in a page"
    if scheme or address.startswith("//"):
        return f"{address} is on another host; put the file under docs/ and link to it"
    return None


def _judge_link(value: str) -> str | None:
    address = _address(value)
    scheme = _SCHEME.match(address)
    if scheme and scheme[1].lower() not in _SCHEMES:
        return f"an address that begins with {scheme[1].lower()}: is not allowed in a page"
    return f"write https: before {address}" if address.startswith("//") else None


def _judge_class(value: str) -> str | None:
    for name in value.split():
        if _THEME_CLASS.match(name):
            return f"the class {name} belongs to the theme; take it out"
        if _FRAME_CLASS.match(name):
            return f"the class {name} is for what the handbook itself says about a page; take it out"
    return None


def _judge_id(value: str) -> str | None:
    if not _PLAIN_ID.fullmatch(value):
        return f"the id {value} has more than letters, digits, and - _ . : in it; choose another"
    return f"the id {value} belongs to the theme; choose another" if _THEME_ID.match(value) else None


def _judge_tabindex(value: str) -> str | None:
    return None if value == "0" else "the attribute tabindex may only be 0 in a page"


def _judge_style(value: str) -> str | None:
    return None if _ALIGNMENT.fullmatch(value) else _NOT_ALLOWED.format("style")


_JUDGES: Final[Mapping[str, Callable[[str], str | None]]] = {
    "class": _judge_class,
    "href": _judge_link,
    "id": _judge_id,
    "src": _judge_source,
    "style": _judge_style,
    "tabindex": _judge_tabindex,
}


def _complaint(element: str, attribute: str, value: str) -> str | None:
    """Say what is wrong with an attribute, if anything is."""
    if attribute not in ATTRIBUTES["*"] and attribute not in ATTRIBUTES.get(element, ()):
        return _NOT_ALLOWED.format(attribute)
    judge = _JUDGES.get(attribute)
    return judge(value) if judge else None


@lru_cache(maxsize=32_768)  # Pages repeat the same attributes.
def _kept(element: str, attribute: str, value: str) -> str | None:
    """Drop an attribute that there is a complaint about; of a class, only the names that are."""
    if attribute == "class":
        return " ".join(name for name in value.split() if not _judge_class(name)) or None
    return None if _complaint(element, attribute, value) else value


_CLEANER: Final = nh3.Cleaner(
    tags=set(ELEMENTS),
    attributes=ATTRIBUTES,
    attribute_filter=_kept,
    clean_content_tags={
        "script",
        "style",
        "iframe",
        "object",
        "template",
        "noscript",
        "svg",
        "math",
    },
    filter_style_properties={"text-align"},
    url_schemes=set(_SCHEMES),
    link_rel=None,
)

_TAG: Final = re.compile(r"""<([a-zA-Z][^\s/<>]*)((?:"[^"]*"|'[^']*'|[^"'<>]+)*)""")
_ATTRIBUTE: Final = re.compile(r"""([^\s"'/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"']*))?""")


def clean(html: str) -> str:
    """Return the HTML without anything that could run or load from elsewhere."""
    return _CLEANER.clean(html)


def plain_id(value: str) -> str:
    """Return an id without the characters that it may not have."""
    return "".join(_PLAIN_ID.findall(value))


def suspects(html: str) -> list[str]:
    """Return a complaint for everything that cleaning takes out, for the author of the page."""
    tags = set(_TAG.findall(html))  # Most tags of a page are the same few.
    return sorted({complaint for tag in tags for complaint in _complaints(*tag)})


@lru_cache(maxsize=32_768)  # Pages repeat the same tags.
def _complaints(element: str, attributes: str) -> tuple[str, ...]:
    element = element.lower()
    complaints = [] if element in ELEMENTS else [f"<{element}> is not allowed in a page"]
    for name, value in _ATTRIBUTE.findall(attributes):
        if complaint := _complaint(element, name.lower(), unescape(value.strip("\"'"))):
            complaints.append(complaint)
    return tuple(complaints)
