"""Adds words of staff to a page or to one of its sections; every other byte of the file stays."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from yaml.nodes import MappingNode, Node, SequenceNode

from handbook.content.asked_as import read_asked_as
from handbook.content.edit_front_matter import with_edited_head
from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.yaml.edit_lines import (
    Replacement,
    compose,
    content_of,
    inline,
    insert,
    is_block,
    last_line,
    line_end,
    newline_of,
    proved,
    refusal_of,
    value_at,
    with_replacements,
)

_KEY: Final = "asked_as"
_REFUSAL: Final = refusal_of(_KEY)


def with_asked_as(page: Page, raw: str, words: Sequence[str], anchor: str) -> str:
    """Return the text of a page's file with more words for the page, or for its section with an `anchor`.

    Raises:
        HandbookError: if its front matter cannot be read, or the words cannot be written into it.

    """
    return with_edited_head(page, raw, lambda head: _edited(head, words, anchor))


def _edited(head: str, words: Sequence[str], anchor: str) -> str:
    before = _known(head)
    expected: Mapping[str, list[str]] = {**before, anchor: [*before.get(anchor, ()), *words]}
    others = _others(head)
    after = _with_words(head, words, anchor)
    if _others(after) != others:
        raise HandbookError(_REFUSAL)
    return proved(after, _known, expected, _REFUSAL)


def _with_words(head: str, words: Sequence[str], anchor: str) -> str:
    node = value_at(compose(head), _KEY)
    listed = [{anchor: list(words)}] if anchor else list(words)
    if node is None:
        return insert(head, _lines(head), [inline(_KEY, listed)])
    if not isinstance(node, SequenceNode):
        raise HandbookError(_REFUSAL)
    section = next((value for name, value in _sections(node) if name == anchor), None)
    if section is not None:
        return _appended(head, section, list(words))
    return _appended(head, node, listed)


def _sections(node: SequenceNode) -> Iterator[tuple[str, SequenceNode]]:
    for item in node.value:
        for key, value in item.value if isinstance(item, MappingNode) else ():
            if isinstance(value, SequenceNode):
                yield key.value, value


def _appended(head: str, node: SequenceNode, items: Sequence[object]) -> str:
    """Add items after the last one of a list: on lines of their own if the list has such lines."""
    written = [inline("x", item).removeprefix("x: ") for item in items]
    if is_block(node):
        offset, newline = line_end(head, node), newline_of(head)
        before = "" if head[:offset].endswith("\n") else newline
        lines = "".join(f"{' ' * node.start_mark.column}- {item}{newline}" for item in written)
        return with_replacements(head, [Replacement(offset, offset, before + lines)])
    last: Node | None = node.value[-1] if node.value else None
    offset = int(last.end_mark.index if last else node.start_mark.index + 1)
    text = "".join(f", {item}" for item in written)
    return with_replacements(head, [Replacement(offset, offset, text if last else text.removeprefix(", "))])


def _lines(head: str) -> int:
    """Return the line below the last key, above the comments that follow it."""
    node = compose(head)
    return last_line(node) if node is not None else 0


def _known(head: str) -> Mapping[str, list[str]]:
    value = content_of(head).get(_KEY)
    try:
        return {anchor: words for anchor, words in read_asked_as(value).items() if words} if value else {}
    except ValueError as error:
        raise HandbookError(f"'{_KEY}' {error}") from None


def _others(head: str) -> Mapping[str, object]:
    return {key: value for key, value in content_of(head).items() if key != _KEY}
