"""Changes a YAML file by whole lines, so that every other byte of it stays: comments, quotes, order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode


def compose(text: str) -> Node | None:
    """Return the nodes of a YAML text that is known to be valid, without reading what its tags mean."""
    node: Node | None = yaml.compose(text, yaml.CSafeLoader)
    return node


def value_at(node: Node | None, key: str) -> Node | None:
    """Return what stands at a key of a mapping, or None."""
    pairs = node.value if isinstance(node, MappingNode) else []
    return next((value for name, value in pairs if name.value == key), None)


def is_block(node: Node | None) -> bool:
    """Tell whether a collection has its items on lines of their own, not in brackets."""
    return isinstance(node, CollectionNode) and not node.flow_style


def last_line(node: Node) -> int:
    """Return the last line of a node, from 1; a comment below it does not count."""
    if isinstance(node, CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return last_line(last[1] if isinstance(last, tuple) else last)
    end = node.end_mark
    ends_before = isinstance(node, ScalarNode) and end.column == 0 and end.line > node.start_mark.line
    return int(end.line) + (0 if ends_before else 1)


def entry(key: str, value: object) -> str:
    """Return `key: value` on one line, quoted where YAML needs it."""
    return str(yaml.safe_dump({key: value}, allow_unicode=True, width=float("inf"))).rstrip("\n")


def block(value: Mapping[str, object], width: int = 80) -> str:
    """Return lines of YAML, in the order of the keys; a long text goes on below, after `width` columns."""
    # The dumper in Python loses a line end that only YAML 1.1 knows; the one in C writes it as an escape.
    return str(
        yaml.dump(dict(value), Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=width)
    )


def insert(text: str, line: int, new: Sequence[str]) -> str:
    """Return a text with new lines below the line with that number; they end as its own lines do."""
    lines = text.splitlines(keepends=True)
    end = "\r\n" if "\r\n" in text else "\n"
    if line == len(lines) and lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += end
    return "".join([*lines[:line], *(f"{one}{end}" for one in new), *lines[line:]])


def scalars(node: Node | None) -> Iterator[ScalarNode]:
    """Yield every plain value below a node, keys left out."""
    if isinstance(node, ScalarNode):
        yield node
    elif isinstance(node, CollectionNode):
        for item in node.value:
            yield from scalars(item[1] if isinstance(item, tuple) else item)


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text that is to be replaced: from a character to another, from 0."""

    start: int
    end: int
    new: str


def with_spans(text: str, spans: Iterable[Span]) -> str:
    """Return a text with pieces replaced; of two that begin together, an insertion stands first."""
    for span in sorted(spans, key=lambda span: (span.start, span.end), reverse=True):
        text = text[: span.start] + span.new + text[span.end :]
    return text


def line_start(node: Node) -> int:
    """Return where the line begins on which a node begins."""
    return int(node.start_mark.index - node.start_mark.column)


def line_end(text: str, node: Node) -> int:
    """Return where the line below the last one of a node begins."""
    return sum(map(len, text.splitlines(keepends=True)[: last_line(node)]))
