"""Changes one value in somebody's YAML, or adds one, and leaves every other byte of it alone.

What comes of an edit is read again before it is handed on: a text in which it would mean something
else than what was asked for is refused.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from handbook.errors import HandbookError
from handbook.yaml.located import read_mapping

_BY_HAND: Final = "change it by hand"


def with_value(text: str, path: tuple[str, ...], value: str) -> str:
    """Return a YAML text in which the key at `path` has `value`, which is written as it is given.

    A key that is missing is added below the last one of its mapping; comments stay where they are.

    Raises:
        HandbookError: when the mapping above the key is not there, or the value cannot be written.

    """
    mapping = _mapping(_composed(text), path[:-1])
    found = next(_values(mapping, path[-1]), None)
    if found:
        after = _replaced(text, found, value)
    else:
        after = _added(text, mapping, f"{path[-1]}: {value}", mapping.start_mark.column)
    expected = _with(_data(text), path, _data(f"value: {value}\n").get("value"))
    return _proved(after, expected, path[-1])


def with_item(text: str, key: str, item: Mapping[str, str]) -> str:
    """Return a YAML text in which the list at `key` has one more item; its values are written as given.

    Raises:
        HandbookError: when what stands at `key` is no list of which each item has lines of its own.

    """
    root = _composed(text)
    lines = [f"{name}: {value}" for name, value in item.items()]
    before, added = _data(text), _data("\n".join(lines))
    items = next(_values(root, key), None)
    if isinstance(items, SequenceNode) and items.value and not items.flow_style:
        column = items.start_mark.column
        after = _added(text, items, _item(lines, column), column)
    elif items is None:
        after = text + ("" if text.endswith("\n") or not text else "\n") + f"{key}:\n{_item(lines, 0)}\n"
    elif not before.get(key):
        after = _replaced(text, items, f"\n{_item(lines, 0)}")
    else:
        raise HandbookError(f"the list '{key}' stands on one line; give each item a line that begins with -")
    given = before.get(key)
    expected = {**before, key: [*(given if isinstance(given, list) else ()), dict(added)]}
    return _proved(after, expected, key)


def scalar(text: str) -> str:
    """Write a text so that it can be a value on one line: in quotes where YAML needs them."""
    dumped = yaml.safe_dump({"x": text}, allow_unicode=True, width=float("inf"))
    if dumped.count("\n") > 1:
        raise HandbookError("write it on one line")
    return dumped.removeprefix("x: ").rstrip("\n")


def _item(lines: Sequence[str], column: int) -> str:
    """Write an item of a list; its first line stands where the caller puts it."""
    indent = "\n" + " " * (column + 2)
    return f"- {indent.join(lines)}"


def _composed(text: str) -> Node | None:
    try:
        node: Node | None = yaml.compose(text, yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise HandbookError(f"the YAML cannot be read ({error})") from None
    return node


def _mapping(node: Node | None, path: tuple[str, ...]) -> MappingNode:
    """Follow keys down to a mapping of which each key has a line of its own."""
    for name in path:
        node = next(_values(node, name), None)
    if not isinstance(node, MappingNode) or not node.value:
        raise HandbookError(f"there are no keys {f'in {path[-1]}' if path else 'here'} to write below")
    if node.flow_style:
        raise HandbookError(f"line {node.start_mark.line + 1} holds keys in braces; give each its own line")
    return node


def _values(node: Node | None, name: str) -> Iterator[Node]:
    if isinstance(node, MappingNode):
        yield from (inner for key, inner in node.value if key.value == name)


def _replaced(text: str, node: Node, value: str) -> str:
    is_empty_list = isinstance(node, SequenceNode) and not node.value
    if (not isinstance(node, ScalarNode) and not is_empty_list) or getattr(node, "style", "") in ("|", ">"):
        raise HandbookError(f"line {node.start_mark.line + 1} holds more than one value; {_BY_HAND}")
    start, end = node.start_mark.index, node.end_mark.index
    if value.startswith("\n"):
        return text[:start].rstrip(" ") + value + text[end:]
    space = "" if end > start else " "
    return text[:start] + space + value + text[end:]


def _added(text: str, node: CollectionNode, lines: str, column: int) -> str:
    """Write lines below the last value in a node, before the comments that follow it."""
    last = _last(node)
    end = text.find("\n", max(last.end_mark.index - 1, last.start_mark.index))
    end = len(text) if end < 0 else end
    line_end = "\r\n" if text[:end].endswith("\r") else "\n"
    head = text[: end - 1] if line_end == "\r\n" else text[:end]
    return head + (f"\n{' ' * column}{lines}").replace("\n", line_end) + text[len(head) :]


def _last(node: Node) -> Node:
    """Return the last value in a node that ends where it ends: what nests by lines ends below comments."""
    while isinstance(node, CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node


def _data(text: str) -> Mapping[str, object]:
    return read_mapping(text.replace("\r\n", "\n")).data


def _with(data: Mapping[str, object], path: tuple[str, ...], value: object) -> Mapping[str, object]:
    inner = data.get(path[0])
    below = _with(inner, path[1:], value) if len(path) > 1 and isinstance(inner, Mapping) else value
    return {**data, path[0]: below}


def _proved(after: str, expected: Mapping[str, object], key: str) -> str:
    if _data(after) != expected:
        raise HandbookError(f"'{key}' cannot be written here without changing something else; {_BY_HAND}")
    return after
