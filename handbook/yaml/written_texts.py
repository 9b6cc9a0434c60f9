"""Says why a value is not the text that somebody meant, and how to write it."""

import datetime
import re
from collections.abc import Mapping
from typing import Final

from handbook.yaml.quotes import can_be_read, in_quotes
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
# The short name of a role or of something else, or the path of a page; no variable has such a mark in it.
_SHORT_NAME: Final = re.compile(r"[a-z0-9][\w./#-]+")
_NO_VARIABLE: Final = re.compile(r"[a-z0-9]+[./#-][\w./#-]*")


def not_a_text(prefix: str, value: object, written: str) -> str | None:
    """Return why a value is not a text and how it becomes one, to be read after the name of its key.

    `prefix` is what is before the value on its line, such as `title: `.
    `written` is the value as the file has it. Without it, nothing can be proposed.
    """
    kind = _KINDS.get(type(value))
    if not written or kind is None:
        return None
    if isinstance(value, list) and (meant := _without_brackets(value, written)):
        return f"must be a text, but `{written}` is read as a list; write `{prefix}{meant}`"
    if isinstance(value, dict) and (name := _only_name(value)):
        return f"must be a text, but `{written}` is read as {kind}; write `{prefix}{name}`"
    return (
        f"must be a text, but `{written}` is read as {kind}; put it in quotes: `{prefix}{in_quotes(written)}`"
    )


def _without_brackets(items: list[object], written: str) -> str | None:
    """Return the one text that is in brackets, or the texts by language, which are in braces."""
    if not written.startswith("["):
        return None
    if len(items) == 1 and isinstance(items[0], str) and _SHORT_NAME.fullmatch(items[0]):
        return items[0]
    if len(items) == 1 and isinstance(items[0], str) and written[1:].lstrip()[:1] in ('"', "'", "“"):
        return in_quotes(items[0].strip("“”"))
    is_by_key = all(isinstance(item, dict) and len(item) == 1 for item in items) and len(items) > 1
    braces = f"{{{written[1:-1].strip()}}}"
    return braces if is_by_key and can_be_read(braces) else None


def _only_name(keys: Mapping[str, object]) -> str | None:
    """Return the short name that is in braces, which is not a variable."""
    name, value = next(iter(keys.items())) if len(keys) == 1 else ("", "")
    return name if value is None and _NO_VARIABLE.fullmatch(name) else None
