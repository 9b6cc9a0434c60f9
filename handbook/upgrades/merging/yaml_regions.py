"""Cuts a YAML text into the parts that a merge handles one by one: entries, their comments, and their values.

Nothing is written from values: every part is a piece of the text, so that joining all of them gives it back.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from handbook.yaml.edit_lines import compose, is_block, last_value

# A key of a mapping, or what tells an entry of a list from the others.
Name: TypeAlias = tuple[str, ...]
# How many keys of an entry are needed to tell it from the others: accounts have a platform and a name.
_MOST_KEYS: Final = 3
# Comments and empty lines, and then the dash of an entry.
_DASH: Final = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*-")


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a document: its text, and the node in it."""

    document: str
    start: int
    end: int
    node: Node

    @property
    def text(self) -> str:
        """Return the characters of the part."""
        return self.document[self.start : self.end]

    def part(self, start: int, end: int) -> str:
        """Return characters by their places in the document."""
        return self.document[start:end]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a collection. `lead` has the comments and the indentation before it."""

    name: Name
    lead: str
    body: Region


@dataclass(frozen=True, slots=True)
class Collection:
    """A mapping or a list whose entries have lines of their own. `head` is before the first one."""

    kind: type[Node]
    column: int
    head: str
    entries: Mapping[Name, Entry]
    tail: str


def whole(text: str) -> Region | None:
    """Return a YAML text as one region, or None if there is nothing in it.

    Raises:
        HandbookError: if it is not YAML.

    """
    node = compose(text)
    return Region(text, 0, len(text), node) if node else None


def collections(regions: Sequence[Region]) -> list[Collection] | None:
    """Return the entries of several states of a collection, or None if lines do not tell them apart."""
    nodes = [region.node for region in regions]
    if not all(is_block(node) and node.value for node in nodes) or len({type(node) for node in nodes}) > 1:
        return None
    for count in range(1, _MOST_KEYS + 1):
        names = [[_name(item, count) for item in node.value] for node in nodes]
        if all(len(set(state)) == len(state) for state in names):
            return [_collection(region, state) for region, state in zip(regions, names, strict=True)]
    return None


def _name(item: Node | tuple[Node, Node], count: int) -> Name:
    if isinstance(item, tuple):
        return (str(item[0].value),)
    if isinstance(item, MappingNode):
        return tuple(_mark(key, value) for key, value in item.value[:count])
    return (str(plain(item)),)


def _mark(key: Node, value: Node) -> str:
    """Return what a key says about its entry; for a list, such as that of a section, only the key."""
    return str(key.value) if isinstance(value, SequenceNode) else f"{key.value}: {plain(value)}"


def plain(node: Node) -> object:
    """Return what a node says, whichever way it is written."""
    if isinstance(node, ScalarNode):
        return (node.tag, node.value)
    if isinstance(node, MappingNode):
        return {str(key.value): plain(value) for key, value in node.value}
    return [plain(item) for item in node.value]


def _collection(region: Region, names: Sequence[Name]) -> Collection:
    node = region.node
    first = int(node.start_mark.index)
    entries: dict[Name, Entry] = {}
    start = first
    for name, (item, value) in zip(names, _items(node), strict=True):
        begin = first if not entries else _begin(region.document, start, node, item)
        end = content_end(region.document, value)
        entries[name] = Entry(name, region.part(start, begin), Region(region.document, begin, end, value))
        start = end
    return Collection(
        type(node), int(node.start_mark.column), region.part(region.start, first), entries,
        region.part(start, region.end),
    )  # fmt: skip


def _items(node: Node) -> Iterator[tuple[Node, Node]]:
    """Yield what each entry begins with, and its value."""
    for item in node.value:
        yield item if isinstance(item, tuple) else (item, item)


def _begin(document: str, start: int, collection: Node, item: Node) -> int:
    """Return where an entry begins: with its key, or with its dash, which is below comments."""
    if isinstance(collection, MappingNode):
        return int(item.start_mark.index)
    dash = _DASH.match(document, start)
    return dash.end() - 1 if dash else int(item.start_mark.index)


def content_end(document: str, node: Node) -> int:
    """Return the offset of the line below the last line of a node; comments below it are not its own."""
    last = last_value(node)
    end = document.find("\n", max(int(last.end_mark.index) - 1, int(last.start_mark.index)))
    return len(document) if end < 0 else end + 1


def value_span(region: Region) -> tuple[int, int]:
    """Return where the value of an entry begins and ends, without a comment that follows it."""
    node = region.node
    return int(node.start_mark.index), int(last_value(node).end_mark.index)


def inline_entries(node: Node) -> Mapping[str, Node] | None:
    """Return the values of a mapping in braces by their keys, or None for anything else."""
    if not isinstance(node, MappingNode) or not node.flow_style:
        return None
    return {str(key.value): value for key, value in node.value}


def inline_items(node: Node) -> Mapping[str, Node] | None:
    """Return the plain items of a list in brackets, or None for anything else."""
    if not isinstance(node, SequenceNode) or not node.flow_style:
        return None
    if not all(isinstance(item, ScalarNode) for item in node.value):
        return None
    return {str(item.value): item for item in node.value}


def is_sound(text: str) -> bool:
    """Tell whether a text can be read, and no key in it is set twice."""
    try:
        node = yaml.compose(text, yaml.CSafeLoader)
    except yaml.YAMLError:
        return False
    return _has_no_twins(node)


def _has_no_twins(node: Node | None) -> bool:
    if isinstance(node, MappingNode):
        keys = [key.value for key, _ in node.value]
        return len(set(keys)) == len(keys) and all(_has_no_twins(value) for _, value in node.value)
    return not isinstance(node, CollectionNode) or all(map(_has_no_twins, node.value))
