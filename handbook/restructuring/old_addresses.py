"""Keeps published addresses of pages alive: writes them into `registers/moved_pages.yml`."""

from collections.abc import Mapping
from typing import Final

from yaml.nodes import MappingNode, Node

from handbook.content.file_names import without_case
from handbook.registers.loading import parse_register
from handbook.registers.moved_pages import FILE, MovedPageList
from handbook.restructuring.draft import Draft
from handbook.yaml.edit_lines import (
    Replacement,
    compose,
    entry,
    inline,
    insert,
    is_block,
    last_line,
    newline_of,
    proved,
    value_at,
    with_replacements,
)

_KEY: Final = "moved"
_REFUSAL: Final = f"`{_KEY}` in {FILE} cannot be changed line by line; write one address on a line"


def keep_address(draft: Draft, old: str, page: str, live: str = "") -> None:
    """Redirect an old address to a page; `live`, the current address of the page, is not an old one.

    Raises:
        HandbookError: if the file cannot be changed.

    """
    before = draft.text(FILE)
    known = _moved(before)
    stale = {address for address in known if live and without_case(address) == without_case(live)}
    expected = {address: leads for address, leads in known.items() if address not in stale} | {old: page}
    after = _without(_with(before, known, old, page), stale)
    if after != before:
        text = proved(after, _moved, expected, _REFUSAL)
        again = f", and {live}, which led to {known[min(stale)]}, is that of the page" if stale else ""
        draft.write(FILE, text, f"{FILE}: {old} leads to {page}{again}")


def _moved(text: str) -> dict[str, str]:
    if compose(text) is None:
        return {}
    return parse_register(text.encode("utf-8"), FILE, MovedPageList)[0].moved


def _with(text: str, known: Mapping[str, str], old: str, page: str) -> str:
    if known.get(old) == page:
        return text
    node = value_at(compose(text), _KEY)
    line = entry(old, page)
    if node is None:
        return insert(text, len(text.splitlines()), [f"{_KEY}:", f"  {line}"])
    if isinstance(node, MappingNode) and node.value and is_block(node):
        return insert(text, last_line(node), [f"{' ' * node.start_mark.column}{line}"])
    return _with_new_block(text, node, {**known, old: page})


def _with_new_block(text: str, node: Node, moved: Mapping[str, str]) -> str:
    """Write the entries on lines of their own, in place of `{}` or of what is in braces."""
    newline = newline_of(text)
    lines = "".join(f"{newline}  {entry(address, page)}" for address, page in moved.items())
    start = len(text[: node.start_mark.index].rstrip(" "))
    return with_replacements(text, [Replacement(start, node.end_mark.index, lines)])


def _without(text: str, stale: set[str]) -> str:
    """Take out the lines of addresses that are those of pages again."""
    node = value_at(compose(text), _KEY)
    pairs = node.value if isinstance(node, MappingNode) else []
    lines = text.splitlines(keepends=True)
    gone = {key.start_mark.line for key, _ in pairs if key.value in stale}
    if gone and not is_block(node):
        kept = {key.value: value.value for key, value in pairs if key.value not in stale}
        flow = inline("x", kept).removeprefix("x: ")
        change = Replacement(node.start_mark.index, node.end_mark.index, flow) if node else None
        return with_replacements(text, [change] if change else [])
    return "".join(line for number, line in enumerate(lines) if number not in gone)
