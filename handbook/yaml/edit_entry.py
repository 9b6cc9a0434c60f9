"""Replaces, adds, and removes whole entries at the top of somebody's YAML; every other byte of it stays."""

from collections.abc import Mapping, Sequence
from typing import Final

import yaml
from yaml.nodes import MappingNode, Node

from handbook.errors import HandbookError
from handbook.yaml.edit_lines import (
    PlainDumper,
    compose,
    content_of,
    entry,
    is_block,
    line_end,
    line_start,
    newline_of,
    proved,
    refusal_of,
)

_INDENT: Final = "  "
_ENDLESS: Final = 2**31 - 1  # The dumper in C knows no infinity.


def with_entry(text: str, key: str, value: object, comment: Sequence[str] = ()) -> str:
    """Return a YAML text in which a key has a value; a key that is missing is added at the end.

    The comment above a new key consists of these lines, without `#`.

    Raises:
        HandbookError: if the text is not YAML, or would mean anything else.

    """
    span = _entry(text, key)
    if span:
        after = _replaced(text, *span, value)
    else:
        lines = [*(f"# {line}" for line in comment), *_rendered(key, value)]
        newline = newline_of(text)
        after = newline.join([text.rstrip("\r\n"), *([""] if comment else []), *lines, ""])
    return proved(after, content_of, {**content_of(text), key: value}, refusal_of(key))


def without_entry(text: str, key: str) -> str:
    """Return a YAML text without a key, its value, and the comment directly above it.

    Raises:
        HandbookError: if the text is not YAML, or would mean anything else.

    """
    span = _entry(text, key)
    if span is None:
        return text
    name, value = span
    head, tail = text[: line_start(name)], text[line_end(text, value) :]
    lines = head.splitlines(keepends=True)
    while lines and lines[-1].startswith("#"):
        lines.pop()
    expected = {name: inner for name, inner in content_of(text).items() if name != key}
    after = "".join(lines).rstrip("\r\n") + newline_of(text) if not tail else "".join(lines) + tail
    return proved(after, content_of, expected, refusal_of(key))


def _entry(text: str, key: str) -> tuple[Node, Node] | None:
    """Return the nodes of a key and its value, or None."""
    node = compose(text)
    if not isinstance(node, MappingNode):
        raise HandbookError("there are no keys in it")
    return next(((name, value) for name, value in node.value if name.value == key), None)


def _replaced(text: str, name: Node, value_node: Node, value: object) -> str:
    newline = newline_of(text)
    lines = _rendered(name.value, value)
    if is_block(value_node) or len(lines) > 1:
        end = line_end(text, value_node)
        return text[: line_start(name)] + "".join(f"{line}{newline}" for line in lines) + text[end:]
    written = lines[0].removeprefix(f"{name.value}:").strip()
    start, end = value_node.start_mark.index, value_node.end_mark.index
    return text[:start] + ("" if end > start else " ") + written + text[end:]


def _rendered(key: str, value: object) -> list[str]:
    """Return the lines of an entry; what holds nothing but texts is on one line."""
    if not isinstance(value, Mapping | list):
        return [entry(key, value)]
    if not _has_collections(value):
        return [_dumped({key: value}, is_flow=True)[1:-1]]
    first, *rest = _dumped({key: value}, is_flow=None).splitlines()
    return [first, *(f"{_INDENT if isinstance(value, list) else ''}{line}" for line in rest)]


def _dumped(value: Mapping[str, object], *, is_flow: bool | None) -> str:
    text = yaml.dump(
        value,
        Dumper=PlainDumper,
        default_flow_style=is_flow,
        sort_keys=False,
        allow_unicode=True,
        width=_ENDLESS,
    )
    return str(text).rstrip("\n")


def _has_collections(value: object) -> bool:
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return any(isinstance(item, Mapping | list) for item in inner)
