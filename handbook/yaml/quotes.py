"""Writes a text as YAML in quotes, and finds the text that somebody meant with other ones."""

import re
from typing import Final

import yaml

_CURLY_QUOTES: Final = {"“": "”", "‘": "’", "«": "»", "„": "“"}
# No text can begin with one of these, or with `-` and a space.
SPECIAL: Final = "*&!%@`|>?-[]{},#"
_APOSTROPHE: Final = re.compile(r"(?<=\w)'(?=\w)")


def in_quotes(text: str) -> str:
    """Write a text as YAML in quotes, whatever is in it."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def can_be_read(text: str) -> bool:
    """Tell whether a text is YAML without anchors and aliases."""
    try:
        return all(
            getattr(event, "anchor", None) is None for event in yaml.parse(text, Loader=yaml.CSafeLoader)
        )
    except yaml.YAMLError:
        return False


def without_quotes(value: str) -> str:
    """Remove the quotes around a text, straight or curly, or the one that nothing closes."""
    closing = _CURLY_QUOTES.get(value[0])
    if closing and (value.endswith(closing) or closing not in value):
        return value[1:].removesuffix(closing)
    if value[0] not in "\"'":
        return value
    inner = value[1:].removesuffix(value[0])
    if value[0] not in inner and not value.endswith(value[0]):
        other = "'" if value[0] == '"' else '"'
        inner = inner.removesuffix(other) if inner.count(other) == 1 else inner.rstrip("”’")
    is_quoted = value[0] in _APOSTROPHE.sub("", inner) and not value.endswith(value[0])
    return value if is_quoted else inner
