"""Adds, changes, and removes questions in the register of open ones; every other byte of it stays."""

import posixpath
from collections.abc import Mapping
from typing import Any, Final

from yaml.nodes import MappingNode, Node, SequenceNode

from handbook.errors import HandbookError
from handbook.registers.open_questions import OpenQuestion
from handbook.schemas.schema_files import path_of
from handbook.yaml.edit_lines import (
    Replacement,
    compose,
    content_of,
    entry,
    inline,
    insertion,
    is_block,
    last_value,
    line_end,
    line_start,
    newline_of,
    proved,
    value_at,
    with_replacements,
)

_KEY: Final = "questions"
_REFUSAL: Final = "the open questions cannot be written without changing something else; change them by hand"
_HEAD: Final = """\
# yaml-language-server: $schema={schema}
# What staff asked and no page answers yet; never who asked. `handbook questions` adds and answers them.
questions: []
"""


def new_register(path: str) -> str:
    """Return the text of a register without questions, to be written at `path`."""
    return _HEAD.format(schema=posixpath.relpath(path_of("open_questions"), posixpath.dirname(path)))


def with_question(text: str, question: OpenQuestion) -> str:
    """Return the register with one more question at its end.

    Raises:
        HandbookError: if the questions do not have lines of their own.

    """
    values = question.model_dump(exclude_defaults=True)
    key, items = _items(text)
    last = items.value[-1] if items.value else None
    indent = " " * (items.start_mark.column if last else 2)
    newline = newline_of(text)
    lines = [f"{indent}{'  ' if number else '- '}{line}" for number, line in enumerate(_lines(values))]
    added = "".join(f"{line}{newline}" for line in lines)
    if last:
        parts = [insertion(text, line_end(text, last), added)]
    else:
        end = line_end(text, items)
        after_key = Replacement(int(key.end_mark.index) + 1, int(items.end_mark.index), "")
        parts = [after_key, insertion(text, end, added)]
    return _proved(text, parts, [*_questions(text), values])


def with_values(text: str, number: int, values: Mapping[str, Any]) -> str:
    """Return the register with other values of the question with that number, from 1.

    Raises:
        HandbookError: if they cannot be written without changing something else.

    """
    item = _item(text, number)
    parts = [_of_value(text, item, key, value) for key, value in values.items()]
    before = _questions(text)
    expected = [*before[: number - 1], {**before[number - 1], **values}, *before[number:]]
    return _proved(text, parts, expected)


def without_question(text: str, number: int) -> str:
    """Return the register without the question with that number, from 1.

    Raises:
        HandbookError: if the questions do not have lines of their own.

    """
    key, items = _items(text)
    item = _item(text, number)
    parts = [Replacement(line_start(item), line_end(text, item), "")]
    if len(items.value) == 1:
        after_key = int(key.end_mark.index) + 1
        parts.append(Replacement(after_key, after_key, " []"))
    questions = _questions(text)
    return _proved(text, parts, [*questions[: number - 1], *questions[number:]])


def _items(text: str) -> tuple[Node, SequenceNode]:
    """Return the key of the questions, and their list, which is empty or has its items on lines."""
    node = compose(text)
    pairs = node.value if isinstance(node, MappingNode) else []
    for key, value in pairs:
        if key.value == _KEY and isinstance(value, SequenceNode) and (is_block(value) or not value.value):
            return key, value
    raise HandbookError(
        f"there is no `{_KEY}:` with its questions on lines of their own; write it as the sample does"
    )


def _item(text: str, number: int) -> MappingNode:
    item = _items(text)[1].value[number - 1]
    if not isinstance(item, MappingNode):
        raise HandbookError(_REFUSAL)
    return item


def _lines(values: Mapping[str, Any]) -> list[str]:
    return [entry(key, value) for key, value in values.items()]


def _of_value(text: str, item: MappingNode, key: str, value: object) -> Replacement:
    """Write a value in place of the one that is there, or below the last one."""
    node = value_at(item, key)
    if node is not None:
        written = (inline if item.flow_style else entry)(key, value).partition(":")[2].strip()
        return Replacement(int(node.start_mark.index), int(node.end_mark.index), written)
    last = last_value(item)
    if item.flow_style:
        end = int(item.value[-1][1].end_mark.index)
        return Replacement(end, end, f", {inline(key, value)}")
    line = f"{' ' * item.start_mark.column}{entry(key, value)}{newline_of(text)}"
    return insertion(text, line_end(text, last), line)


def _questions(text: str) -> list[dict[str, Any]]:
    data: Any = content_of(text).get(_KEY)
    return list(data or [])


def _proved(text: str, parts: list[Replacement], expected: list[dict[str, Any]]) -> str:
    return proved(with_replacements(text, parts), _questions, expected, _REFUSAL)
