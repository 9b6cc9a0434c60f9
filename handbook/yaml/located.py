"""Reads YAML as MkDocs reads it, and locates every key and value.

YAML that a person could not have meant, or that could harm the machine, is refused: anchors and
aliases, merge keys, nesting beyond reason, tags for Python objects.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, TypeAlias

import yaml

# PyYAML does not document it; `values.py` says what we rely on.
from yaml._yaml import CParser
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.resolver import Resolver

from handbook.findings import Location, Problem
from handbook.yaml.line_problems import find_problem, indent_problem, problem_of_value
from handbook.yaml.locations import BOM, lines_before, location_of_mark
from handbook.yaml.quotes import in_quotes
from handbook.yaml.values import TAG, TEXT_TAG, Unacceptable, ValueReader, tag_of_plain

_DEFAULT_TAGS: Final = {
    ScalarNode: TAG + "str",
    SequenceNode: TAG + "seq",
    MappingNode: TAG + "map",
}

_ADVICE: Final = "compare with the same lines in the sample, and put texts with special characters in quotes"
NO_KEYS: Final = "there are no keys here; write lines such as `owner: communications-lead`"
# A key or an item after spaces that are not those of the keyboard.
_ODD_INDENT: Final = re.compile(r"^ *[^\S \t\n][^\S\n]*(?=[\w-]+:(?:\s|$)|- )", re.MULTILINE)
# What the parser says it was reading when it gave up, if the mistake is where that began.
_BEGUN: Final = re.compile("simple key|quoted scalar|flow (?:sequence|mapping)")

Key: TypeAlias = str | int
KeyPath: TypeAlias = tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class LocatedMapping:
    """A YAML mapping that knows the locations of its keys and values.

    `duplicates` are keys that are set a second time; `problem` says why nothing could be read. The text is
    composed again when somebody asks for a location, which happens only if something is wrong.
    """

    data: Mapping[str, object] = field(default_factory=dict)
    text: str = ""
    first_line: int = 1
    duplicates: tuple[tuple[Location, str], ...] = ()
    problem: Problem | None = None

    def has(self, path: KeyPath) -> bool:
        """Tell whether there is a value at `path`."""
        return path in _nodes_by_path(self.text)

    def location_of(self, path: KeyPath) -> Location:
        """Return the location of the key at `path`, or of the nearest key above it."""
        nodes = _nodes_by_path(self.text)
        known = next((path[:end] for end in range(len(path), 0, -1) if path[:end] in nodes), None)
        return self._at(nodes[known][0]) if known else Location(1, 1)

    def value_location_of(self, path: KeyPath) -> Location:
        """Return the location of the value at `path`, or of its key."""
        nodes = _nodes_by_path(self.text).get(path)
        return self._at(nodes[1]) if nodes else self.location_of(path)

    def lines_of(self, path: KeyPath) -> range:
        """Return the lines of the value at `path`, without what follows it; none if there is no value.

        The path () is that of the whole.
        """
        nodes = _nodes_by_path(self.text).get(path)
        if nodes is None:
            return range(0)
        first, last = self._at(nodes[1]).line, _last_leaf(nodes[1])
        end = last.end_mark.index + self.text.startswith(BOM) if last.end_mark else 0
        while end and self.text[end - 1].isspace():
            end -= 1
        return range(first, lines_before(self.text, end) + self.first_line + 1)

    def written(self, path: KeyPath) -> str:
        """Return the value at `path` as it is written, quotes included; nothing if it has several lines."""
        nodes = _nodes_by_path(self.text).get(path)
        if nodes is None:
            return ""
        written = self._between(nodes[1].start_mark, nodes[1].end_mark).strip()
        return "" if "\n" in written else written

    def cut_by_comma(self, path: KeyPath) -> str | None:
        """Return the entry in braces that commas in its text cut in pieces, in quotes.

        The key at `path` is one of the pieces: nothing follows it but a comma or the closing brace.
        """
        nodes = _nodes_by_path(self.text)
        parent = nodes[path[:-1]][1] if path and path[:-1] in nodes else None
        if not isinstance(parent, MappingNode) or not parent.flow_style:
            return None
        is_piece = [self._between(key.end_mark, None).lstrip()[:1] != ":" for key, _ in parent.value]
        index = [str(key.value) for key, _ in parent.value].index(str(path[-1]))
        first = next((before for before in range(index, -1, -1) if not is_piece[before]), None)
        if first is None or not is_piece[index]:
            return None
        last = next((after for after in range(index, len(is_piece)) if not is_piece[after]), len(is_piece))
        key, value = parent.value[first]
        whole = self._between(value.start_mark, parent.value[last - 1][0].end_mark)
        return f"{key.value}: {in_quotes(whole)}"

    def second_keys(self) -> Iterator[tuple[Location, str]]:
        """Yield where keys are set a second time, and what to do; several of one entry are one mistake."""
        explained: set[Location] = set()
        for places, key, reason in self._run_together() if self.duplicates else ():
            explained.update(places)
            yield places[0], f"'{key}' is set a second time; {reason}"
        for location, key in self.duplicates:
            if location not in explained:
                yield location, f"'{key}' is set a second time; keep one of the two"

    def _run_together(self) -> Iterator[tuple[list[Location], str, str]]:
        """Yield the keys that are set a second time because two entries became one, and what to do."""
        duplicates = {location for location, _ in self.duplicates}
        lines = self.text.split("\n")
        for path, (_, node) in _nodes_by_path(self.text).items():
            if not isinstance(node, MappingNode) or node.flow_style:
                continue
            keys = [key for key, _ in node.value]
            second = [key for key in keys if self._at(key) in duplicates]
            is_item = bool(path) and isinstance(path[-1], int)
            if not second or not (is_item or len(second) > 1):
                continue
            places, name = [self._at(key) for key in second], str(second[0].value)
            if is_item and name == keys[0].value:
                line = lines[places[0].line - self.first_line].strip()
                item = f"{' ' * (places[0].column - 3)}- {line}"
                advice = f"if another entry begins here, write `{item}`; if not, keep one of the two"
                yield places, name, advice
            elif is_item and len(second) > 1:
                yield places, name, "if another entry begins here, its first line begins with a hyphen"
            elif opener := self._key_without_value(node, second[0]):
                yield places, name, f"if it belongs to `{opener}`, begin the line of `{opener}` further left"
            elif path:
                yield (
                    places,
                    name,
                    "if another entry begins here, write its name above, further left",
                )

    def _key_without_value(self, node: MappingNode, second: Node) -> str | None:
        """Return the key that is above another one in a mapping, and has nothing after its colon."""
        above = [(key, value) for key, value in node.value if key.start_mark.index < second.start_mark.index]
        key, value = above[-1]
        return str(key.value) if isinstance(value, ScalarNode) and not value.value else None

    def texts_with_comment(self) -> Iterator[tuple[KeyPath, str, str]]:
        """Yield the texts without quotes that go on after `#`: path, text, and what follows as a comment.

        A comment that begins with a space is meant as one. The text is empty if there is nothing before `#`.
        """
        if not (" #" in self.text or "\t#" in self.text) or not re.search(r"\S[ \t]+#\w", self.text):
            return
        for path, (_, node) in _nodes_by_path(self.text).items():
            is_plain = isinstance(node, ScalarNode) and not node.style
            if is_plain and (node.tag == TEXT_TAG or not node.value):
                comment = self.comment_after(path)
                if re.match(r"#\w", comment):
                    yield path, node.value, comment

    def comment_after(self, path: KeyPath) -> str:
        """Return the comment that follows the value at `path` on its line, `#` included."""
        nodes = _nodes_by_path(self.text).get(path)
        rest = self._between(nodes[1].end_mark, None).partition("\n")[0].strip() if nodes else ""
        return rest if rest.startswith("#") else ""

    def _between(self, start: Any, end: Any) -> str:
        bom = self.text.startswith(BOM)
        return self.text[start.index + bom : end.index + bom if end else None]

    def _at(self, node: Node) -> Location:
        return location_of_mark(node.start_mark, self.text, self.first_line)


def read_mapping(text: str, first_line: int = 1, kept_tags: tuple[str, ...] = ()) -> LocatedMapping:
    """Read a YAML mapping; `first_line` is the line of the file on which `text` begins.

    What has a tag that begins with one of `kept_tags` is a `TaggedValue`; any other tag is a problem.
    """
    reader = ValueReader(text, first_line, kept_tags)
    try:
        data = reader.document()
    except yaml.MarkedYAMLError as error:
        return LocatedMapping(problem=_explain(error, text, first_line))
    except yaml.reader.ReaderError as error:
        return LocatedMapping(problem=_explain_character(error, text, first_line))
    except Unacceptable as error:
        location = location_of_mark(error.event.start_mark, text, first_line)
        line = text.split("\n")[location.line - first_line]
        in_value = problem_of_value(line) if error.is_text else None
        location = Location(location.line, in_value.column) if in_value else location
        return LocatedMapping(problem=Problem.at(location, in_value.message if in_value else error.message))
    if not isinstance(data, dict):
        return LocatedMapping(problem=Problem.at(Location(first_line, 1), NO_KEYS))
    if problem := _odd_indent(text, first_line):
        return LocatedMapping(problem=problem)
    return LocatedMapping(data, text, first_line, tuple(reader.duplicates))


def _odd_indent(text: str, first_line: int) -> Problem | None:
    """Find a key or an item that begins with another kind of space, which YAML takes for a part of it."""
    indent = None if text.isascii() else _ODD_INDENT.search(text)
    if not indent:
        return None
    index = text.count("\n", 0, indent.start())
    problem = indent_problem(text.split("\n"), index)
    return Problem(index + first_line, problem.message, problem.column) if problem else None


@lru_cache(maxsize=1024)
def read_shared_mapping(text: str) -> LocatedMapping:
    """Read a YAML mapping as `read_mapping` does; equal texts share one result, which nobody may change.

    A gate reads most registers twice, as they are and as they were, and `handbook serve` at every edit.
    """
    return read_mapping(text)


class _Composer(CParser, Resolver):
    """Composes what CSafeLoader would construct; the tag of each plain scalar is resolved once."""

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)
        Resolver.__init__(self)

    def resolve(self, kind: type[Node], value: str, implicit: tuple[bool, bool]) -> str:
        return tag_of_plain(value) if kind is ScalarNode and implicit[0] else _DEFAULT_TAGS[kind]


def _compose(text: str) -> Node | None:
    node: Node | None = _Composer(text).get_single_node()
    return node


def too_deep(text: str, most: int) -> bool:
    """Tell whether a text nests more than `most` levels, because composing too many crashes in C."""
    depth = 0
    try:
        for event in yaml.parse(text, yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > most:
                return True
    except yaml.YAMLError:
        return False
    return False


def _last_leaf(node: Node) -> Node:
    """Return the last value in a node. The end of a group of keys is only known by what follows it."""
    while isinstance(node, MappingNode | SequenceNode) and node.value:
        node = node.value[-1][1] if isinstance(node, MappingNode) else node.value[-1]
    return node


@lru_cache(maxsize=8)
def _nodes_by_path(text: str) -> Mapping[KeyPath, tuple[Node, Node]]:
    """Return the nodes of each key and its value; for an item of a list, and for the whole, its own twice."""
    root = _compose(text) if text else None
    return {(): (root, root), **dict(_walk(root, ()))} if root else {}


def _walk(node: Node, path: KeyPath) -> Iterator[tuple[KeyPath, tuple[Node, Node]]]:
    children: Iterable[tuple[Key, Node, Node]] = ()
    if isinstance(node, MappingNode):
        children = ((str(key.value), key, value) for key, value in node.value)
    elif isinstance(node, SequenceNode):
        children = ((number, item, item) for number, item in enumerate(node.value))
    for key, key_node, value_node in children:
        inner = (*path, key)
        yield inner, (key_node, value_node)
        yield from _walk(value_node, inner)


def _explain_character(error: yaml.reader.ReaderError, text: str, first_line: int) -> Problem:
    """Name a character that YAML does not allow; the parser counts bytes up to it."""
    before = text.encode()[: error.position].decode(errors="ignore")
    location = Location(before.count("\n") + first_line, len(before) - before.rfind("\n"))
    return Problem.at(location, f"the character U+{error.character:04X} is not allowed; delete it")


def _explain(error: yaml.MarkedYAMLError, text: str, first_line: int) -> Problem:
    """Put a parser's message into the words of somebody who writes pages."""
    mark = error.problem_mark or error.context_mark
    location = location_of_mark(mark, text, first_line)
    lines = text.split("\n")
    began = error.context_mark if _BEGUN.search(error.context or "") else None
    suspect = location_of_mark(began, text, first_line).line - first_line if began else None
    nearby = find_problem(lines, min(location.line - first_line, len(lines) - 1), suspect)
    if nearby is None:
        return Problem.at(location, f"the YAML cannot be read here ({_parser_reason(error)}); {_ADVICE}")
    index, problem = nearby
    return Problem(index + first_line, problem.message, problem.column)


def _parser_reason(error: yaml.MarkedYAMLError) -> str:
    return " ".join(part for part in (error.context, error.problem) if part)
