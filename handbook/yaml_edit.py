"""Changes one value in somebody's YAML, and not another byte of it."""

from collections.abc import Iterator

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode

from handbook.errors import HandbookError


def with_value(text: str, path: tuple[str, ...], value: str) -> str:
    """Return a YAML text in which the key at `path` has `value`, which is written as it is given.

    A key that is missing is added below the last one of its mapping; comments stay where they are.

    Raises:
        HandbookError: when the mapping above the key is not there, or the value is no single word or line.

    """
    mapping = _mapping(yaml.compose(text, yaml.SafeLoader), path[:-1])
    if mapping is None:
        raise HandbookError(f"there is no '{'.'.join(path[:-1])}' to write '{path[-1]}' below")
    for key, node in mapping.value:
        if key.value == path[-1]:
            return _replaced(text, node, value)
    return _added(text, mapping, path[-1], value)


def _mapping(node: Node | None, path: tuple[str, ...]) -> MappingNode | None:
    """Follow keys down to a mapping in block style."""
    for name in path:
        node = next(_values(node, name), None)
    return node if isinstance(node, MappingNode) and node.value and not node.flow_style else None


def _values(node: Node | None, name: str) -> Iterator[Node]:
    if isinstance(node, MappingNode):
        yield from (inner for key, inner in node.value if key.value == name)


def _replaced(text: str, node: Node, value: str) -> str:
    if not isinstance(node, ScalarNode) or node.style in ("|", ">"):
        raise HandbookError(f"line {node.start_mark.line + 1} holds more than one value; change it by hand")
    space = "" if node.end_mark.index > node.start_mark.index else " "
    return text[: node.start_mark.index] + space + value + text[node.end_mark.index :]


def _added(text: str, mapping: MappingNode, key: str, value: str) -> str:
    last = mapping.value[-1][1]
    end = text.find("\n", max(last.end_mark.index - 1, last.start_mark.index))
    end = len(text) if end < 0 else end
    return f"{text[:end]}\n{' ' * mapping.start_mark.column}{key}: {value}{text[end:]}"
