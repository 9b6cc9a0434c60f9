"""Reads YAML as MkDocs reads it, and locates every key and value.

YAML that a person could not have meant, or that could harm the machine, is refused: anchors and
aliases, merge keys, nesting beyond reason, tags for Python objects.
"""

import datetime
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, TypeAlias

import yaml

# PyYAML documents neither name. We rely on what its C loaders rely on (yaml/cyaml.py): `CParser(text)` is a
# base class beside `Resolver`, `get_event()` yields the events of yaml.events, `get_single_node()` composes
# with `self.resolve`. Its marks count characters, not bytes, and leave out a byte order mark.
# tests/handbook/yaml/test_located.py fails when a version of PyYAML changes any of this.
from yaml._yaml import CParser
from yaml._yaml import Mark as CMark
from yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.resolver import Resolver

from handbook.findings import Location, Problem
from handbook.yaml.line_problems import find_problem, in_quotes, problem_of_value

MAX_DEPTH: Final = 20
_BOM: Final = "\ufeff"
_TAG: Final = "tag:yaml.org,2002:"
_TEXT_TAG: Final = _TAG + "str"
_DATE_TAG: Final = _TAG + "timestamp"
_DEFAULT_TAGS: Final = {
    ScalarNode: _TAG + "str",
    SequenceNode: _TAG + "seq",
    MappingNode: _TAG + "map",
}
_RESOLVER: Final = Resolver()
# The first characters of numbers, dates, `yes`, `null` and the like. Everything else is a text.
_STARTS_OF_NON_TEXT: Final = frozenset(_RESOLVER.yaml_implicit_resolvers)

_ADVICE: Final = "compare with the same lines in the sample, and put texts with special characters in quotes"
# What the parser says it was reading when it gave up, if the mistake is where that began.
_BEGUN: Final = re.compile("simple key|quoted scalar|flow (?:sequence|mapping)")

Key: TypeAlias = str | int
KeyPath: TypeAlias = tuple[Key, ...]


def location_of_byte(data: bytes, offset: int) -> Location:
    """Return the location of a byte of a file; the column counts bytes."""
    return Location(data.count(b"\n", 0, offset) + 1, offset - data.rfind(b"\n", 0, offset))


@dataclass(frozen=True, slots=True)
class ImpossibleDate:
    """A value written like a date that no calendar has, such as 2026-02-30."""

    text: str


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
        end = last.end_mark.index + self.text.startswith(_BOM) if last.end_mark else 0
        while end and self.text[end - 1].isspace():
            end -= 1
        return range(first, _lines_before(self.text, end) + self.first_line + 1)

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

    def texts_with_comment(self) -> Iterator[tuple[KeyPath, str, str]]:
        """Yield the texts without quotes that go on after `#`: path, text, and what follows as a comment.

        A comment that begins with a space is meant as one. The text is empty if there is nothing before `#`.
        """
        if not (" #" in self.text or "\t#" in self.text) or not re.search(r"\S[ \t]+#\w", self.text):
            return
        for path, (_, node) in _nodes_by_path(self.text).items():
            is_plain = isinstance(node, ScalarNode) and not node.style
            if is_plain and (node.tag == _TEXT_TAG or not node.value):
                comment = self.comment_after(path)
                if re.match(r"#\w", comment):
                    yield path, node.value, comment

    def comment_after(self, path: KeyPath) -> str:
        """Return the comment that follows the value at `path` on its line, `#` included."""
        nodes = _nodes_by_path(self.text).get(path)
        rest = self._between(nodes[1].end_mark, None).partition("\n")[0].strip() if nodes else ""
        return rest if rest.startswith("#") else ""

    def _between(self, start: Any, end: Any) -> str:
        bom = self.text.startswith(_BOM)
        return self.text[start.index + bom : end.index + bom if end else None]

    def _at(self, node: Node) -> Location:
        return _location(node.start_mark, self.text, self.first_line)


@dataclass(frozen=True, slots=True)
class TaggedValue:
    """A value with a tag that means something to another program. Nothing is done with it."""

    tag: str
    value: object


class _Unacceptable(Exception):
    """YAML is valid but not accepted here; `is_text` says that quotes would make it a text."""

    def __init__(self, event: Event, message: str, is_text: bool = False) -> None:
        super().__init__(message)
        self.event = event
        self.message = message
        self.is_text = is_text


def read_mapping(text: str, first_line: int = 1, kept_tags: tuple[str, ...] = ()) -> LocatedMapping:
    """Read a YAML mapping; `first_line` is the line of the file on which `text` begins.

    What has a tag that begins with one of `kept_tags` is a `TaggedValue`; any other tag is a problem.
    """
    reader = _Reader(text, first_line, kept_tags)
    try:
        data = reader.document()
    except yaml.MarkedYAMLError as error:
        return LocatedMapping(problem=_explain(error, text, first_line))
    except yaml.reader.ReaderError as error:
        return LocatedMapping(problem=_explain_character(error, text, first_line))
    except _Unacceptable as error:
        location = _location(error.event.start_mark, text, first_line)
        line = text.split("\n")[location.line - first_line]
        in_value = problem_of_value(line) if error.is_text else None
        location = Location(location.line, in_value.column) if in_value else location
        return LocatedMapping(problem=Problem.at(location, in_value.message if in_value else error.message))
    if not isinstance(data, dict):
        problem = Problem.at(
            Location(first_line, 1),
            "there are no keys here; write lines such as `owner: communications-lead`",
        )
        return LocatedMapping(problem=problem)
    return LocatedMapping(data, text, first_line, tuple(reader.duplicates))


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
        return _tag_of_plain(value) if kind is ScalarNode and implicit[0] else _DEFAULT_TAGS[kind]


@lru_cache(maxsize=65_536)
def _tag_of_plain(value: str) -> str:
    return str(_RESOLVER.resolve(ScalarNode, value, (True, False)))  # type: ignore[no-untyped-call]


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


def _location(mark: yaml.Mark | CMark | None, text: str, first_line: int) -> Location:
    """Return a location by the lines that editors count: for YAML, U+0085 and U+2028 end a line, too."""
    if mark is None:
        return Location(first_line, 1)
    end = mark.index + text.startswith(_BOM)
    lines = _lines_before(text, end)
    return Location(lines + first_line, end - (_line_ends(text)[lines - 1] if lines else -1))


def _lines_before(text: str, offset: int) -> int:
    return bisect_left(_line_ends(text), offset)


@lru_cache(maxsize=8)
def _line_ends(text: str) -> Sequence[int]:
    """Return the offset of each line end; whoever locates one value of a text locates hundreds."""
    return [match.start() for match in re.finditer("\n", text)]


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


class _Reader:
    """Makes plain Python values of the parser's events, without a tree of nodes in between."""

    def __init__(self, text: str, first_line: int, kept_tags: tuple[str, ...]) -> None:
        self.duplicates: list[tuple[Location, str]] = []
        self._kept_tags = kept_tags
        self._text = text
        self._first_line = first_line
        self._next: Callable[[], Any] = CParser(text).get_event
        self._depth = 0

    def document(self) -> object:
        """Return what the only document of the text holds, or None if there is no document."""
        self._next()  # The stream begins.
        if isinstance(self._next(), StreamEndEvent):
            return None
        value = self._value(self._next())
        self._next()  # The document ends.
        another = self._next()
        if not isinstance(another, StreamEndEvent):
            raise _Unacceptable(another, "a line `---` begins a second document here; delete the line")
        return value

    def _value(self, event: Any) -> object:
        _refuse_anchor(event)
        if event.tag and event.tag.startswith(self._kept_tags):
            inner = event.value if isinstance(event, ScalarEvent) else self._collection(event)
            return TaggedValue(_short(event.tag), inner)
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        _refuse_tag(event, "map" if isinstance(event, MappingStartEvent) else "seq")
        return self._collection(event)

    def _collection(self, start: Event) -> object:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _Unacceptable(start, "the YAML is nested too deep; keep it flat")
        value = self._mapping() if isinstance(start, MappingStartEvent) else self._list()
        self._depth -= 1
        return value

    def _mapping(self) -> dict[str, object]:
        result: dict[str, object] = {}
        while not isinstance(event := self._next(), MappingEndEvent):
            key = self._key(event)
            if key in result:
                self.duplicates.append((_location(event.start_mark, self._text, self._first_line), key))
            result[key] = self._value(self._next())
        return result

    def _list(self) -> list[object]:
        result = []
        while not isinstance(event := self._next(), SequenceEndEvent):
            result.append(self._value(event))
        return result

    def _key(self, event: Event) -> str:
        _refuse_anchor(event)
        if not isinstance(event, ScalarEvent):
            raise _Unacceptable(event, "a key must be a single word, such as `owner`", is_text=True)
        if _tag_of(event) == _TAG + "merge":
            raise _Unacceptable(event, "merge keys (`<<`) are not allowed; write the values out")
        return str(event.value)

    def _scalar(self, event: ScalarEvent) -> object:
        tag = _tag_of(event)
        if tag == _TEXT_TAG:
            return event.value
        if tag == _DATE_TAG and len(event.value) == len("2026-10-14"):
            return _day(event.value)
        node = ScalarNode(tag, event.value)
        try:
            return yaml.constructor.SafeConstructor().construct_object(node, deep=True)
        except ValueError:
            if tag == _DATE_TAG:
                return ImpossibleDate(event.value)
            message = f"`{event.value}` cannot be read; put it in quotes"
            raise _Unacceptable(event, message, is_text=True) from None
        except (AttributeError, LookupError):  # PyYAML raises these for `!!bool perhaps` and `!!int ""`.
            raise _Unacceptable(event, f"tag {_short(tag)} does not fit what follows it; delete it") from None
        except yaml.constructor.ConstructorError:
            message = f"tag {_short(tag)} is not allowed; delete it"
            raise _Unacceptable(event, message, is_text=not tag.startswith(_TAG) or not event.tag) from None


def _tag_of(event: ScalarEvent) -> str:
    """Return the tag of a scalar, quickly if it is a text: a handbook has hundreds of thousands of them."""
    if event.tag not in (None, "!"):
        return str(event.tag)
    is_plain = event.implicit[0] and event.value[:1] in _STARTS_OF_NON_TEXT
    return _tag_of_plain(event.value) if is_plain else _TEXT_TAG


def _refuse_anchor(event: Any) -> None:
    """Refuse `&name` and `*name`, because a few lines of aliases can expand to fill the memory."""
    if event.anchor is not None:
        advice = f"remove `&{event.anchor}`, and write the value itself for `*{event.anchor}`"
        message = f"anchors and aliases are not allowed; {advice}"
        raise _Unacceptable(event, message, is_text=isinstance(event, ScalarEvent | AliasEvent))


def _refuse_tag(start: Any, own: str) -> None:
    if start.tag not in (None, "!", _TAG + own):
        raise _Unacceptable(start, f"tag {_short(start.tag)} is not allowed; delete it")


def _short(tag: str) -> str:
    return tag.removeprefix(_TAG)


def _day(text: str) -> datetime.date | ImpossibleDate:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return ImpossibleDate(text)


def is_plain_date(value: object) -> bool:
    """Tell whether YAML read a date without a time of day."""
    return isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)


def _explain_character(error: yaml.reader.ReaderError, text: str, first_line: int) -> Problem:
    """Name a character that YAML does not allow; the parser counts bytes up to it."""
    before = text.encode()[: error.position].decode(errors="ignore")
    location = Location(before.count("\n") + first_line, len(before) - before.rfind("\n"))
    return Problem.at(location, f"the character U+{error.character:04X} is not allowed; delete it")


def _explain(error: yaml.MarkedYAMLError, text: str, first_line: int) -> Problem:
    """Put a parser's message into the words of somebody who writes pages."""
    mark = error.problem_mark or error.context_mark
    location = _location(mark, text, first_line)
    lines = text.split("\n")
    began = error.context_mark if _BEGUN.search(error.context or "") else None
    suspect = _location(began, text, first_line).line - first_line if began else None
    nearby = find_problem(lines, min(location.line - first_line, len(lines) - 1), suspect)
    if nearby is None:
        return Problem.at(location, f"the YAML cannot be read here ({_parser_reason(error)}); {_ADVICE}")
    index, problem = nearby
    return Problem(index + first_line, problem.message, problem.column)


def _parser_reason(error: yaml.MarkedYAMLError) -> str:
    return " ".join(part for part in (error.context, error.problem) if part)
