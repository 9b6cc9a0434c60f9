"""Changes one value in somebody's YAML, or adds one, and leaves every other byte of it alone.

The result is read again before it is returned: a text that would mean anything else than what was asked
for is refused.
"""

from collections.abc import Mapping

from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from handbook.errors import HandbookError
from handbook.yaml.edit_lines import compose, content_of, entry, last_value, proved, refusal_of, value_at


def with_value(text: str, path: tuple[str, ...], value: str) -> str:
    """Return a YAML text in which the key at `path` has `value`, which is written as it is given.

    A missing key is added below the last key of its mapping; comments stay where they are.

    Raises:
        HandbookError: if the mapping above the key does not exist, or the value cannot be written.

    """
    mapping = _mapping(compose(text), path[:-1])
    node = value_at(mapping, path[-1])
    if node:
        after = _replaced(text, node, value)
    else:
        after = _added(text, mapping, f"{path[-1]}: {value}", mapping.start_mark.column)
    expected = _with(content_of(text), path, content_of(f"value: {value}\n").get("value"))
    return proved(after, content_of, expected, refusal_of(path[-1]))


def scalar(text: str) -> str:
    """Write a text as a value on one line, in quotes if YAML needs them.

    Raises:
        HandbookError: if it needs several lines.

    """
    line = entry("x", text)
    if "\n" in line:
        raise HandbookError("write it on one line")
    return line.removeprefix("x: ")


def _mapping(node: Node | None, path: tuple[str, ...]) -> MappingNode:
    """Follow keys down to a mapping whose keys have lines of their own."""
    for name in path:
        node = value_at(node, name)
    if not isinstance(node, MappingNode) or not node.value:
        raise HandbookError(f"there are no keys {f'in {path[-1]}' if path else 'here'} to write below")
    if node.flow_style:
        raise HandbookError(f"line {node.start_mark.line + 1} holds keys in braces; give each its own line")
    return node


def _replaced(text: str, node: Node, value: str) -> str:
    if not isinstance(node, ScalarNode) or node.style in ("|", ">"):
        line = node.start_mark.line + 1
        raise HandbookError(f"line {line} holds more than one value; change it by hand")
    start, end = node.start_mark.index, node.end_mark.index
    space = "" if end > start else " "
    return text[:start] + space + value + text[end:]


def _added(text: str, node: CollectionNode, lines: str, column: int) -> str:
    """Write lines below the last value in a node, before the comments that follow it."""
    last = last_value(node)
    end = text.find("\n", max(last.end_mark.index - 1, last.start_mark.index))
    end = len(text) if end < 0 else end
    newline = "\r\n" if text[:end].endswith("\r") else "\n"
    head = text[: end - 1] if newline == "\r\n" else text[:end]
    return head + (f"\n{' ' * column}{lines}").replace("\n", newline) + text[len(head) :]


def _with(data: Mapping[str, object], path: tuple[str, ...], value: object) -> Mapping[str, object]:
    inner = data.get(path[0])
    below = _with(inner, path[1:], value) if len(path) > 1 and isinstance(inner, Mapping) else value
    return {**data, path[0]: below}
