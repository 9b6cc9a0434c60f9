"""Says why a value is not the text that somebody meant, and how to write it."""

import datetime
from collections.abc import Mapping
from typing import Final

from handbook.yaml.line_problems import in_quotes
from handbook.yaml.values import ImpossibleDate

_KINDS: Final[Mapping[type, str]] = {
    bool: "yes or no",
    int: "a number",
    float: "a number",
    datetime.date: "a date",
    datetime.datetime: "a date",
    ImpossibleDate: "a date",
    list: "a list",
    dict: "a group of keys",
    type(None): "nothing",
}


def not_a_text(prefix: str, value: object, written: str) -> str | None:
    """Return why a value is not a text and how it becomes one, to be read after the name of its key.

    `prefix` is what is before the value on its line, such as `title: `.
    `written` is the value as the file has it. Without it, nothing can be proposed.
    """
    kind = _KINDS.get(type(value))
    if not written or kind is None:
        return None
    return (
        f"must be a text, but `{written}` is read as {kind}; put it in quotes: `{prefix}{in_quotes(written)}`"
    )
