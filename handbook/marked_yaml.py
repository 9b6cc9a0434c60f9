"""Reads YAML as MkDocs reads it, and remembers on which line every key and value stands.

YAML that a person could not have meant, or that could harm the machine, is refused: anchors and
aliases, merge keys, nesting beyond reason, tags for Python objects.
"""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, TypeAlias

import yaml
from yaml._yaml import CParser
from yaml._yaml import Mark as CMark
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.resolver import Resolver

MAX_DEPTH: Final = 20
_SAFE_LEVELS: Final = 500
_BOM: Final = "\ufeff"
_SAFE_INDENT: Final = 100
_FAR_INDENT: Final = re.compile(rf"^[ \t?:-]{{{_SAFE_INDENT}}}", re.MULTILINE)
_OTHER_LINE_ENDS: Final = re.compile("[\r\x85\u2028\u2029]")
_TAG: Final = "tag:yaml.org,2002:"
_TEXT_TAG: Final = _TAG + "str"
_DATE_TAG: Final = _TAG + "timestamp"
_DEFAULT_TAGS: Final = {
    ScalarNode: _TAG + "str",
    SequenceNode: _TAG + "seq",
    MappingNode: _TAG + "map",
}
_RESOLVER: Final = Resolver()

Key: TypeAlias = str | int
KeyPath: TypeAlias = tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A line and a column of a file, both from 1."""

    line: int
    column: int


def place_of_byte(data: bytes, offset: int) -> Place:
    """Return where a byte of a file stands; its column counts bytes."""
    return Place(data.count(b"\n", 0, offset) + 1, offset - data.rfind(b"\n", 0, offset))


@dataclass(frozen=True, slots=True)
class YamlProblem:
    """Why a text could not be read, and where."""

    place: Place
    message: str


@dataclass(frozen=True, slots=True)
class ImpossibleDate:
    """A value written like a date that no calendar has, such as 2026-02-30."""

    text: str


@dataclass(frozen=True, slots=True)
class MarkedMapping:
    """A YAML mapping that knows its places.

    `duplicates` lists keys that stand there twice; `problem` says why nothing could be read. `text` is
    kept because a place is asked for only where something is wrong: then it is composed again.
    """

    data: Mapping[str, object] = field(default_factory=dict)
    text: str = ""
    first_line: int = 1
    duplicates: tuple[tuple[Place, str], ...] = ()
    problem: YamlProblem | None = None

    def has(self, path: KeyPath) -> bool:
        """Tell whether something stands at `path`."""
        return path in _nodes_by_path(self.text)

    def place_of(self, path: KeyPath) -> Place:
        """Return where the key at `path` stands, or the nearest key above it."""
        nodes = _nodes_by_path(self.text)
        known = next((path[:end] for end in range(len(path), 0, -1) if path[:end] in nodes), None)
        return self._at(nodes[known][0]) if known else Place(1, 1)

    def value_place_of(self, path: KeyPath) -> Place:
        """Return where the value at `path` begins, or the place of its key."""
        nodes = _nodes_by_path(self.text).get(path)
        return self._at(nodes[1]) if nodes else self.place_of(path)

    def _at(self, node: Node) -> Place:
        return _place(node.start_mark, self.text, self.first_line)


class _Refused(Exception):
    """YAML that is valid and not accepted here."""

    def __init__(self, node: Node, message: str) -> None:
        super().__init__(message)
        self.node = node
        self.message = message


def read_mapping(text: str, first_line: int = 1) -> MarkedMapping:
    """Read a YAML mapping; `first_line` is the line of the file on which `text` begins."""
    if place := too_deep(text, MAX_DEPTH, first_line):
        return MarkedMapping(problem=YamlProblem(place, "the YAML is nested too deep; keep it flat"))
    reader = _Reader(text, first_line)
    try:
        node = _compose(text)
        if not isinstance(node, MappingNode):
            problem = YamlProblem(
                Place(first_line, 1),
                "there are no keys here; write lines such as `owner: communications-lead`",
            )
            return MarkedMapping(problem=problem)
        data = reader.mapping(node)
    except yaml.MarkedYAMLError as error:
        return MarkedMapping(problem=_explain(error, text, first_line))
    except yaml.reader.ReaderError as error:
        return MarkedMapping(problem=_explain_character(error, text, first_line))
    except _Refused as error:
        place = _place(error.node.start_mark, text, first_line)
        return MarkedMapping(problem=YamlProblem(place, error.message))
    return MarkedMapping(data, text, first_line, tuple(reader.duplicates))


class _Composer(CParser, Resolver):
    """What CSafeLoader composes, without constructing it; plain words are told apart once each."""

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


def too_deep(text: str, most: int, first_line: int = 1) -> Place | None:
    """Find nesting of more than `most` levels before a tree is composed: that recurses in C and would crash.

    Every level takes one of five characters, so a text with few of them needs no second look. Nor does
    one with few brackets and no line that is indented far: a level without brackets begins further right
    than the one around it, or in the same column where a list stands below its key.
    """
    if sum(text.count(character) for character in "[{-?:") < _SAFE_LEVELS or _is_flat(text):
        return None
    depth = 0
    try:
        for event in yaml.parse(text, yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > most:
                return _place(event.start_mark, text, first_line)
    except yaml.YAMLError:
        return None
    return None


def _place(mark: yaml.Mark | CMark | None, text: str, first_line: int) -> Place:
    """Return a place by the lines that editors count: for YAML, U+0085 and U+2028 end a line too."""
    if mark is None:
        return Place(first_line, 1)
    end = mark.index + text.startswith(_BOM)
    before = text[:end]
    return Place(before.count("\n") + first_line, end - before.rfind("\n"))


def _is_flat(text: str) -> bool:
    brackets = text.count("[") + text.count("{")
    return brackets < _SAFE_INDENT and not _OTHER_LINE_ENDS.search(text) and not _FAR_INDENT.search(text)


@lru_cache(maxsize=8)
def _nodes_by_path(text: str) -> Mapping[KeyPath, tuple[Node, Node]]:
    """Return the nodes of each key and its value; for an item of a list, its own node twice."""
    root = _compose(text) if text else None
    return dict(_walk(root, ())) if root else {}


def _walk(node: Node, path: KeyPath) -> Iterator[tuple[KeyPath, tuple[Node, Node]]]:
    children: Iterable[tuple[Key, Node, Node]] = ()
    if isinstance(node, MappingNode):
        children = ((str(key.value), key, value) for key, value in node.value)
    elif isinstance(node, SequenceNode):
        children = ((number, item, item) for number, item in enumerate(node.value))
    for key, key_node, value_node in children:
        here = (*path, key)
        yield here, (key_node, value_node)
        yield from _walk(value_node, here)


class _Reader:
    """Turns composed nodes into plain Python values."""

    def __init__(self, text: str, first_line: int) -> None:
        self.duplicates: list[tuple[Place, str]] = []
        self._text = text
        self._first_line = first_line
        self._seen: set[int] | None = set() if "*" in text else None

    def mapping(self, node: MappingNode) -> dict[str, object]:
        self._refuse_alias(node)
        if node.tag != _TAG + "map":
            raise _Refused(node, f"tag {node.tag.removeprefix(_TAG)} is not allowed; delete it")
        result: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = (
                key_node.value if (key_node.tag == _TEXT_TAG and self._seen is None) else self._key(key_node)
            )
            if key in result:
                self.duplicates.append((_place(key_node.start_mark, self._text, self._first_line), key))
            # Most values are texts, and a handbook has hundreds of thousands of them.
            result[key] = (
                value_node.value
                if (value_node.tag == _TEXT_TAG and self._seen is None)
                else self._value(value_node)
            )
        return result

    def _value(self, node: Node) -> object:
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        if isinstance(node, MappingNode):
            return self.mapping(node)
        return self._list(node) if isinstance(node, SequenceNode) else None

    def _list(self, node: SequenceNode) -> list[object]:
        self._refuse_alias(node)
        if node.tag != _TAG + "seq":
            raise _Refused(node, f"tag {node.tag.removeprefix(_TAG)} is not allowed; delete it")
        return [self._value(item) for item in node.value]

    def _key(self, node: Node) -> str:
        if not isinstance(node, ScalarNode):
            raise _Refused(node, "a key must be a single word, such as `owner`")
        if node.tag == _TAG + "merge":
            raise _Refused(node, "merge keys (`<<`) are not allowed; write the values out")
        self._refuse_alias(node)
        return str(node.value)

    def _scalar(self, node: ScalarNode) -> object:
        self._refuse_alias(node)
        if node.tag == _TEXT_TAG:
            return node.value
        if node.tag == _DATE_TAG and len(node.value) == len("2026-10-14"):
            return _day(node.value)
        try:
            return yaml.constructor.SafeConstructor().construct_object(node, deep=True)
        except ValueError:
            if node.tag == _DATE_TAG:
                return ImpossibleDate(node.value)
            raise _Refused(node, f"`{node.value}` cannot be read; put it in quotes") from None
        except (AttributeError, LookupError):  # What PyYAML makes of `!!bool perhaps` or `!!int ""`.
            tag = node.tag.removeprefix(_TAG)
            raise _Refused(node, f"tag {tag} does not fit what follows it; delete it") from None
        except yaml.constructor.ConstructorError:
            raise _Refused(node, f"tag {node.tag.removeprefix(_TAG)} is not allowed; delete it") from None

    def _refuse_alias(self, node: Node) -> None:
        """Refuse the same node a second time: copied out, a few lines of aliases fill a memory."""
        if self._seen is None:
            return
        if id(node) in self._seen:
            raise _Refused(
                node, "anchors and aliases (`&name`, `*name`) are not allowed; write the value out"
            )
        self._seen.add(id(node))


def _day(text: str) -> datetime.date | ImpossibleDate:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return ImpossibleDate(text)


def is_plain_date(value: object) -> bool:
    """Tell whether YAML read a day, without a time."""
    return isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)


def _explain_character(error: yaml.reader.ReaderError, text: str, first_line: int) -> YamlProblem:
    """Name a character that YAML knows nothing of; the parser counts bytes up to it."""
    before = text.encode()[: error.position].decode(errors="ignore")
    place = Place(before.count("\n") + first_line, len(before) - before.rfind("\n"))
    return YamlProblem(place, f"the character U+{error.character:04X} is not allowed; delete it")


def _explain(error: yaml.MarkedYAMLError, text: str, first_line: int) -> YamlProblem:
    """Say what a parser's message means to somebody who writes pages."""
    mark = error.problem_mark or error.context_mark
    place = _place(mark, text, first_line)
    source = text.split("\n")[place.line - first_line]
    said = " ".join(part for part in (error.context, error.problem) if part)
    if "\t" in source[: len(source) - len(source.lstrip())]:
        return YamlProblem(place, "a tab is used to indent; use spaces")
    if "mapping values are not allowed" in said:
        return YamlProblem(place, "a second colon on the line; put the text after the first colon in quotes")
    if "could not find expected ':'" in said:
        return YamlProblem(place, "a colon is missing on this line or the one before; write `key: value`")
    if "found character that cannot start any token" in said:
        if "\t" in source:
            return YamlProblem(place, "a tab stands here; use spaces")
        return YamlProblem(place, "this character needs quotes around the whole text")
    if "expected a single document" in said:
        return YamlProblem(place, "a second YAML document begins here; close the front matter with `---`")
    return YamlProblem(
        place, f"the YAML cannot be read ({said}); put texts with special characters in quotes"
    )
