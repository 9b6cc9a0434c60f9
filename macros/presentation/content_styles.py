"""Keeps of the theme's style sheet the rules for the content of pages.

Our frame has none of the theme's parts, and their rules are two fifths of what a first view would load.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Final

import tinycss2

# The parts of the theme that no page of ours has, by their class. Nor is a page of ours written to the left.
_PARTS: Final = (
    "annotation", "author", "banner", "clipboard", "consent", "content", "copyright", "dialog", "draft",
    "feedback", "footer", "header", "main", "nav", "option", "overlay", "pagination", "path", "pin", "post",
    "profile", "progress", "search", "select", "sidebar", "skip", "social", "source", "status", "tabs",
    "toggle", "tooltip", "tooltip2", "top", "version",
)  # fmt: skip
_FRAME: Final = re.compile(rf"\.md-(?:{'|'.join(_PARTS)})(?![a-z0-9])|\[dir=rtl\]")
_GROUPS: Final = frozenset({"media", "supports"})


@cache  # It takes a third of a second, and a server builds again and again.
def content_styles(style_sheet: str) -> str:
    """Return a style sheet without the rules, and without the selectors, that are only for the frame."""
    return "".join(_kept(tinycss2.parse_stylesheet(style_sheet, skip_comments=True, skip_whitespace=True)))


def _kept(rules: Sequence[Any]) -> Iterator[str]:
    """Yield the rules that style content; a browser skips what is not a rule, and so do we."""
    for rule in rules:
        if rule.type == "qualified-rule":
            yield from _kept_rule(rule)
        elif rule.type == "at-rule" and rule.lower_at_keyword in _GROUPS and rule.content:
            yield from _kept_group(rule)
        elif rule.type == "at-rule":
            yield rule.serialize()


def _kept_rule(rule: Any) -> Iterator[str]:
    selectors = [selector for selector in _selectors(rule.prelude) if not _FRAME.search(selector)]
    if selectors:
        yield f"{','.join(selectors)}{{{tinycss2.serialize(rule.content)}}}"


def _kept_group(rule: Any) -> Iterator[str]:
    inner = "".join(_kept(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)))
    if inner:
        yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}"


def _selectors(prelude: Sequence[Any]) -> Iterator[str]:
    """Yield the selectors of a list; a comma in brackets is part of one."""
    selector: list[Any] = []
    for part in prelude:
        if part == ",":
            yield tinycss2.serialize(selector)
            selector = []
        else:
            selector.append(part)
    yield tinycss2.serialize(selector)
