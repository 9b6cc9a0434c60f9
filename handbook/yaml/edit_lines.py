"""Edits a YAML file so that every other byte of it stays: comments, quotes, order.

An edit is made of replacements at the places of nodes. Whoever makes one hands the result to `proved`
before it is written.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from handbook.errors import HandbookError
from handbook.yaml.located import read_mapping

Meaning = TypeVar("Meaning")
_BOM: Final = "\ufeff"


class PlainDumper(yaml.CSafeDumper):
    """Writes a value as often as it is used; people do not know the anchors and aliases of YAML."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - every value is written out
        """Return True, so that a value that is used twice is written twice."""
        return True


def proved(text: str, read: Callable[[str], Meaning], expected: Meaning, refusal: str) -> str:
    """Return an edited text if `read` finds in it what is expected, so that nothing else is ever written.

    Raises:
        HandbookError: with the sentence `refusal`, if it means anything else.

    """
    if read(text) != expected:
        raise HandbookError(refusal)
    return text


def content_of(text: str) -> dict[str, object]:
    """Return the keys and values of a text, whichever line ends it has; none if it is not a YAML mapping."""
    return dict(read_mapping(text.replace("\r\n", "\n")).data)


def refusal_of(key: str) -> str:
    """Return the sentence that refuses to edit the value of a key, for `proved`."""
    return f"'{key}' cannot be written here without changing something else; change it by hand"


def compose(text: str) -> Node | None:
    """Return the nodes of a YAML text, whatever its tags mean; None if there is nothing in it.

    Raises:
        HandbookError: if it is not YAML.

    """
    # The loader in C does not count a byte order mark, so that the places of its nodes would be off by one.
    loader = yaml.SafeLoader if text.startswith(_BOM) else yaml.CSafeLoader
    try:
        node: Node | None = yaml.compose(text, loader)
    except yaml.YAMLError as error:
        raise HandbookError(f"the YAML cannot be read ({error})") from None
    return node


def value_at(node: Node | None, key: str) -> Node | None:
    """Return the value of a key of a mapping, or None."""
    pairs = node.value if isinstance(node, MappingNode) else []
    return next((value for name, value in pairs if name.value == key), None)


def is_block(node: Node | None) -> bool:
    """Tell whether a collection has its items on lines of their own rather than in brackets."""
    return isinstance(node, CollectionNode) and not node.flow_style


def last_value(node: Node) -> Node:
    """Return the last value in a node, which ends where it ends: a block's own end is below its comments."""
    while isinstance(node, CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node


def last_line(node: Node) -> int:
    """Return the last line of a node, counted from 1; a comment below it does not count."""
    node = last_value(node)
    end = node.end_mark
    ends_before = isinstance(node, ScalarNode) and end.column == 0 and end.line > node.start_mark.line
    return int(end.line) + (0 if ends_before else 1)


def line_start(node: Node) -> int:
    """Return the offset of the line on which a node begins."""
    return int(node.start_mark.index - node.start_mark.column)


def line_end(text: str, node: Node) -> int:
    """Return the offset of the line below the last line of a node."""
    return sum(map(len, text.splitlines(keepends=True)[: last_line(node)]))


def scalars(node: Node | None) -> Iterator[ScalarNode]:
    """Yield every plain value below a node, without keys."""
    if isinstance(node, ScalarNode):
        yield node
    elif isinstance(node, CollectionNode):
        for item in node.value:
            yield from scalars(item[1] if isinstance(item, tuple) else item)


def entry(key: str, value: object) -> str:
    """Return `key: value` on one line, quoted if YAML needs it."""
    return str(yaml.safe_dump({key: value}, allow_unicode=True, width=float("inf"))).rstrip("\n")


def block(value: Mapping[str, object], width: int = 80) -> str:
    """Return lines of YAML, in the order of the keys; long texts are folded after `width` columns."""
    # The dumper in Python loses a line end that only YAML 1.1 knows; the one in C writes it as an escape.
    return str(yaml.dump(dict(value), Dumper=PlainDumper, sort_keys=False, allow_unicode=True, width=width))


def inline(key: str, value: object) -> str:
    """Return `key: value` on one line; lists are in brackets, and everything is quoted if YAML needs it."""
    line = yaml.safe_dump({key: value}, default_flow_style=True, allow_unicode=True, width=float("inf"))
    return str(line).rstrip("\n")[1:-1]


def newline_of(text: str) -> str:
    """Return the line end that a text uses."""
    return "\r\n" if "\r\n" in text else "\n"


def insert(text: str, line: int, new: Sequence[str]) -> str:
    """Return a text with new lines below the line of that number; they end as the text's own lines do."""
    lines = text.splitlines(keepends=True)
    newline = newline_of(text)
    if line == len(lines) and lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += newline
    return "".join([*lines[:line], *(f"{added}{newline}" for added in new), *lines[line:]])


@dataclass(frozen=True, slots=True)
class Replacement:
    """New text for the characters from `start` to `end`, counted from 0; an insertion if they are equal."""

    start: int
    end: int
    new: str


def insertion(text: str, offset: int, lines: str) -> Replacement:
    """Insert lines at the start of a line, or after the last one, which may lack its end."""
    before = newline_of(text) if offset == len(text) and not text.endswith("\n") else ""
    return Replacement(offset, offset, before + lines)


def with_replacements(text: str, replacements: Iterable[Replacement]) -> str:
    """Return a text with parts replaced; at the same offset an insertion comes first."""
    pieces, end = [], 0
    for part in sorted(replacements, key=lambda part: (part.start, part.end)):
        pieces += [text[end : part.start], part.new]
        end = part.end
    return "".join([*pieces, text[end:]])
