"""YAML that nests beyond reason is refused, and PyYAML's private parser is what we take it for."""

from itertools import takewhile
from typing import Any

import pytest
import yaml
from yaml._yaml import CParser, Mark
from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    StreamEndEvent,
    StreamStartEvent,
)
from yaml.nodes import MappingNode, Node, ScalarNode
from yaml.resolver import Resolver

from handbook.yaml.located import KeyPath, read_mapping

DEEP = 600
CHANGED = "PyYAML's private CParser has changed; handbook/yaml/values.py says what it relies on"
TEXT = "\ufeffé: ü\n"  # Two bytes a letter, below a byte order mark.


def _events(text: str) -> list[Any]:
    parser = CParser(text)
    events = takewhile(lambda event: not isinstance(event, StreamEndEvent), iter(parser.get_event, None))
    return list(events)


def test_the_private_parser_of_pyyaml_yields_public_events() -> None:
    assert [type(event) for event in _events(TEXT)] == [
        StreamStartEvent,
        DocumentStartEvent,
        MappingStartEvent,
        ScalarEvent,
        ScalarEvent,
        MappingEndEvent,
        DocumentEndEvent,
    ], CHANGED
    _, _, _, key, value, *_ = _events(TEXT)
    assert (key.value, key.tag, key.anchor, key.implicit) == ("é", None, None, (True, False)), CHANGED
    assert isinstance(value.start_mark, Mark), CHANGED
    assert (value.start_mark.index, value.end_mark.index) == (3, 4), CHANGED


def test_the_private_parser_of_pyyaml_composes_with_the_resolver_beside_it() -> None:
    asked: list[tuple[type[Node], Any, Any]] = []

    class Composer(CParser, Resolver):
        def __init__(self) -> None:
            CParser.__init__(self, TEXT)
            Resolver.__init__(self)

        def resolve(self, kind: type[Node], value: Any, implicit: Any) -> str:
            asked.append((kind, value, implicit))
            return "tag"

    root = Composer().get_single_node()
    assert isinstance(root, MappingNode), CHANGED
    [(key, value)] = root.value
    assert (key.value, value.value, value.tag, value.start_mark.index) == ("é", "ü", "tag", 3), CHANGED
    assert asked == [
        (MappingNode, None, True),
        (ScalarNode, "é", (True, False)),
        (ScalarNode, "ü", (True, False)),
    ], CHANGED


def test_the_private_parser_of_pyyaml_raises_public_errors() -> None:
    with pytest.raises(yaml.MarkedYAMLError) as scanner:
        _events("a: b: c")
    mark = scanner.value.problem_mark
    assert mark is not None, CHANGED
    assert mark.index == 4, CHANGED
    with pytest.raises(yaml.reader.ReaderError) as reader:
        _events("é: \x07")
    assert reader.value.position == len("é: ".encode()), CHANGED


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"{' ' * level}a:\n" for level in range(DEEP)),
        "a:" + "".join(f"\x85{' ' * level}a:" for level in range(1, DEEP)),
        "a:\n" + "- " * DEEP + "x",
        "a: " + "[" * DEEP,
    ],
    ids=["indented", "other line ends", "lists on a line", "brackets"],
)
def test_deep_nesting_is_refused_however_it_is_written(text: str) -> None:
    problem = read_mapping(text).problem
    assert problem is not None
    assert "nested too deep" in problem.message


def test_a_long_flat_file_is_read() -> None:
    text = "".join(f"a-{number}: [b, {{c: d}}]\n" for number in range(49))
    text += "".join(f"e-{number}: f\n" for number in range(2_000))
    assert read_mapping(text).problem is None


@pytest.mark.parametrize(
    ("path", "lines"),
    [
        (("a",), range(2, 7)),
        (("a", "y"), range(4, 7)),
        (("b",), range(9, 11)),
        (("c", 0), range(12, 14)),
        (("c", 1), range(14, 15)),
        (("d",), range(16, 18)),
        (("nothing",), range(0)),
        ((), range(1, 18)),
    ],
)
def test_a_value_has_its_lines_and_no_others(path: KeyPath, lines: range) -> None:
    text = (
        "a:\n  x: 1\n  # inside\n  y: |\n    t\n    # text\n\n# between\nb: {c: d,\n  e: f}\n"
        "c:\n- p: 1\n  q: 2\n- p: 2\n\nd: long\n  plain\n"
    )
    assert read_mapping(text).lines_of(path) == lines
