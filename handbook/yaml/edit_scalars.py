"""Changes values and keys in somebody's YAML, wherever they are, and leaves every other byte of it alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from handbook.errors import HandbookError
from handbook.yaml.edit_lines import Replacement, compose, proved, with_replacements
from handbook.yaml.located import KeyPath

# What a value is to be, by its path and by what it is; None if it stays.
NewValue: TypeAlias = Callable[[KeyPath, str], str | None]

_IN_QUOTES: Final = {"'": "'", '"': '"'}
_IN_LINES: Final = ("|", ">")


@dataclass(frozen=True, slots=True)
class EditedScalars:
    """A text after its values were changed, and the lines of those, counted from 1."""

    text: str
    lines: tuple[int, ...] = ()


def with_scalars(text: str, new_value: NewValue) -> EditedScalars:
    """Return a text with other values, which need no quotes of their own.

    Raises:
        HandbookError: if it is not YAML, or if a value cannot be changed without changing something else.

    """
    changed = _to_change(text, new_value)
    if not changed:
        return EditedScalars(text)
    edited = with_replacements(text, (_replacement(node, new) for node, new in changed.values()))
    expected = [(path, _changed(path, value, new_value)) for path, value in _content(text)]
    lines = lines_to_change(text, new_value)
    refusal = f"line {lines[0]} cannot be changed without changing something else; change it by hand"
    return EditedScalars(proved(edited, _content, expected, refusal), tuple(lines))


def lines_to_change(text: str, new_value: NewValue) -> list[int]:
    """Return the lines of the values that would be others, counted from 1.

    Raises:
        HandbookError: if it is not YAML.

    """
    return sorted({node.start_mark.line + 1 for node, _ in _to_change(text, new_value).values()})


def with_key(text: str, path: KeyPath, new: str) -> str:
    """Return a text in which the key at `path`, in mappings only, is called `new`.

    Raises:
        HandbookError: if there is no such key, or if it cannot be changed without changing something else.

    """
    node = _key_at(compose(text), path)
    if node is None:
        raise HandbookError(f"there is no key '{path[-1]}' to change")
    edited = with_replacements(text, [_replacement(node, new)])
    size = len(path)
    expected = [
        ((*path[:-1], new, *inner[size:]) if inner[:size] == path else inner, value)
        for inner, value in _content(text)
    ]
    refusal = f"the key '{path[-1]}' cannot be changed without changing something else; change it by hand"
    return proved(edited, _content, expected, refusal)


def _to_change(text: str, new_value: NewValue) -> dict[int, tuple[ScalarNode, str]]:
    """Return each node with its new value, by its offset: an alias is the node that it names."""
    return {
        node.start_mark.index: (node, new)
        for path, node in _values(compose(text), ())
        if node.style not in _IN_LINES
        and (new := new_value(path, node.value)) is not None
        and new != node.value
    }


def _changed(path: KeyPath, value: str, new_value: NewValue) -> str:
    new = new_value(path, value)
    return value if new is None else new


def _replacement(node: ScalarNode, new: str) -> Replacement:
    quote = _IN_QUOTES.get(node.style or "", "")
    return Replacement(node.start_mark.index, node.end_mark.index, f"{quote}{new}{quote}")


def _key_at(node: Node | None, path: KeyPath) -> ScalarNode | None:
    """Return the node of a key, following the keys above it."""
    pairs = node.value if isinstance(node, MappingNode) else []
    pair = next(((key, value) for key, value in pairs if key.value == path[0]), None)
    if pair is None:
        return None
    return pair[0] if len(path) == 1 else _key_at(pair[1], path[1:])


def _content(text: str) -> list[tuple[KeyPath, str]]:
    return [(path, node.value) for path, node in _values(compose(text), ())]


def _values(node: Node | None, path: KeyPath) -> Iterator[tuple[KeyPath, ScalarNode]]:
    """Yield the value at each path, without keys."""
    if isinstance(node, ScalarNode):
        yield path, node
    elif isinstance(node, MappingNode):
        for key, inner in node.value:
            yield from _values(inner, (*path, str(key.value)))
    elif isinstance(node, SequenceNode):
        for number, inner in enumerate(node.value):
            yield from _values(inner, (*path, number))
