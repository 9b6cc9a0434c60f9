"""Proposes how a list in brackets, or keys in braces, that cannot be read were meant."""

import re
from collections.abc import Iterator
from typing import Final

from handbook.yaml.quotes import SPECIAL, can_be_read, in_quotes, without_quotes

CLOSING: Final = {"[": "]", "{": "}"}
_KEY_AFTER_COMMA: Final = re.compile(r"(?:^|[,;])\s*([\w-]{1,40}):\s")
_INNER_BRACES: Final = re.compile(r"\{[^\[\]{}]+\}")


def repairs(prefix: str, value: str) -> Iterator[str]:
    """Yield a value in brackets as it can be read after `prefix`: closed, or with quotes around its texts."""
    for repair in (_with_brackets_closed, _with_texts_quoted, _with_inner_texts_quoted):
        repaired = repair(value)
        if repaired is not None and can_be_read(prefix + repaired):
            yield repaired


def _with_brackets_closed(value: str) -> str | None:
    """Return a list or keys in brackets with each bracket closed; None if other text follows them."""
    parts: list[str] = []
    open_brackets: list[str] = []
    for character in re.sub(r"(?<=[\]}\"'])[ \t]+(?=[\w\"'\[{])", ", ", value):
        if parts and not open_brackets:
            if character not in "]}), \t":
                return None
            continue
        if character in CLOSING:
            open_brackets.append(CLOSING[character])
        elif character in "]})":
            character = open_brackets.pop()
        parts.append(character)
    text = "".join([*parts, *reversed(open_brackets)])
    return re.sub(r"(?<=\w):(?=[\[{\w\"'])", ": ", re.sub(r",(?:\s*,)+", ",", text))


def _with_texts_quoted(value: str) -> str | None:
    """Write keys in braces with a comma between them, and quotes around each text that needs them."""
    flat = re.fullmatch(r"\{([^\[\]{}]+)\}", value)
    if not flat:
        return None
    entries: list[list[str]] = []
    for part in _entries_in(flat[1]):
        key, _, text = part.partition(":")
        if entries and not entries[-1][1]:
            entries[-1][1] = part
        else:
            entries.append([key.strip(), text.strip(" ,;")])
    return "{" + ", ".join(f"{key}: {_readable(text)}" for key, text in entries) + "}"


def _with_inner_texts_quoted(value: str) -> str:
    """Write the braces within other brackets as `_with_texts_quoted` does, if they cannot be read."""

    def repaired(inner: re.Match[str]) -> str:
        braces = inner.group()
        return braces if can_be_read(braces) else _with_texts_quoted(braces) or braces

    return _INNER_BRACES.sub(repaired, value)


def _entries_in(braces: str) -> list[str]:
    """Split what is in braces where an entry begins, whether or not a comma is before it.

    A word that is longer than every other key is not one without a comma: it is part of a text.
    """
    longest = max(map(len, _KEY_AFTER_COMMA.findall(braces)), default=40)
    return re.split(rf"[,;]\s+(?=[\w-]{{1,40}}:\s)|\s+(?=[\w-]{{1,{longest}}}:\s)", braces)


def _readable(text: str) -> str:
    """Write a text in braces, in quotes if it needs them."""
    is_plain = text and text[0] not in SPECIAL and "," not in text and can_be_read(f"{{x: {text}}}")
    return text if is_plain or not text else in_quotes(without_quotes(text))


def reason_of_brackets(value: str) -> str:
    """Say why a value in brackets cannot be read."""
    surplus = sum(map(value.count, "[{")) - sum(map(value.count, "]})"))
    if surplus > 0:
        return f"`{value[0]}` is opened on this line and not closed"
    if surplus < 0:
        return "a bracket is closed that was not opened"
    if value.count('"') % 2 and re.search("[“”]", value):
        return "a straight quote and a curly one do not make a pair"
    return "a comma, a space, or a bracket is wrong here"
