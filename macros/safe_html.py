"""Lets through only HTML that cannot run, load or imitate anything in a reader's browser.

Pages come from pull requests and Markdown lets HTML pass, so every rendered page goes through
nh3, a binding to the Ammonia sanitizer, with the elements that pages and macros need.
"""

import re
from html import escape
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
_ELSEWHERE: Final = re.compile(r"^[\s\x00-\x20]*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)


def _judge_attribute(element: str, attribute: str, value: str) -> str | None:
    """Drop what would make the browser ask another host, or look like part of the theme."""
    if attribute == "src" and (_ELSEWHERE.match(value) or "\\" in value):
        return None
    if attribute == "href" and value.lstrip().startswith("//"):
        return None
    if attribute == "class":
        return " ".join(name for name in value.split() if not name.startswith("md-")) or None
    if attribute == "tabindex":
        return value if value == "0" else None
    return value


_CLEANER: Final = nh3.Cleaner(
    tags=set(ELEMENTS),
    attributes=ATTRIBUTES,
    attribute_filter=_judge_attribute,
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
    url_schemes={"https", "http", "mailto", "tel"},
    link_rel=None,
)

_TAG: Final = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*)([^<>]*)")
_HIDDEN: Final = re.compile(r"<(pre|code)\b.*?</\1>", re.DOTALL)
_SUSPECT_ATTRIBUTE: Final = re.compile(
    r"\s(?P<handler>on[a-z]+)\s*="
    r"|=\s*[\"']?[\s\x00-\x20]*(?P<scheme>(?:java|vb)script|data)\s*:"
    r"|\b(?:src|srcset|poster)\s*=\s*[\"']?\s*(?P<host>(?:[a-z]+:)?//[^\s\"'>]+)",
    re.IGNORECASE,
)


def clean(html: str) -> str:
    """Return the HTML without anything that could run or load from elsewhere."""
    return _CLEANER.clean(html)


def plain(text: str) -> str:
    """Return a text safe to be printed as HTML by a template that does not escape."""
    return escape(text)


def suspects(html: str) -> list[str]:
    """Name what somebody who writes the page should be told was taken out."""
    found = set()
    for element, attributes in _TAG.findall(_HIDDEN.sub("", html) if "<code" in html else html):
        if element.lower() not in ELEMENTS:
            found.add(_SUSPECTED["element"].format(element))
        if "=" in attributes and (match := _SUSPECT_ATTRIBUTE.search(attributes)):
            found.add(_SUSPECTED[match.lastgroup or ""].format(match[match.lastgroup or ""]))
    return sorted(found)


_SUSPECTED: Final = {
    "element": "<{}> is not allowed in a page",
    "handler": "the attribute {} is not allowed in a page",
    "scheme": "an address that begins with {}: is not allowed in a page",
    "host": "{} is on another host; put the file under docs/ and link to it",
}
