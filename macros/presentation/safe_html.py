"""Lets through only HTML that cannot run, load or imitate anything in a reader's browser.

Pages come from pull requests and Markdown lets HTML pass, so every rendered page goes through
nh3, a binding to the Ammonia sanitizer, with the elements that pages and macros need.
"""

import re
from functools import lru_cache
from typing import Final

import nh3

from handbook.markup.refused_html import (
    ATTRIBUTES,
    ELEMENTS,
    PLAIN_ID,
    SCHEMES,
    complaint_about,
    complaint_about_class,
)

# Words and common signs, which nothing has to be taken out of; most headings are no more than that.
_PLAIN: Final = re.compile(r"[\w ,.:;!?()’'-]*")


@lru_cache(maxsize=32_768)  # Pages repeat the same attributes.
def _kept(element: str, attribute: str, value: str) -> str | None:
    """Drop an attribute that there is a complaint about; of a class, only the names that are."""
    if attribute == "class":
        return " ".join(name for name in value.split() if not complaint_about_class(name)) or None
    return None if complaint_about(element, attribute, value) else value


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
    url_schemes=set(SCHEMES),
    link_rel=None,
)


def clean(html: str) -> str:
    """Return the HTML without anything that could run or load from elsewhere."""
    return html if _PLAIN.fullmatch(html) else _CLEANER.clean(html)


def plain_id(value: str) -> str:
    """Return an id without the characters that it may not have."""
    return "".join(PLAIN_ID.findall(value))
