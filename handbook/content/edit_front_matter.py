"""Writes values into the front matter of a page's file, and leaves every other byte of the file alone."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.yaml.edit_lines import compose, insert, value_at
from handbook.yaml.edit_value import with_value

# The front matter of a page as it is on disk, which may have a byte order mark and any ends of lines.
_BLOCK: Final = re.compile(
    r"\ufeff?-{3}[ \t]*(?:\r\n?|\n)(?P<keys>.*?(?:\r\n?|\n))(?:\.{3}|-{3})[ \t]*(?:\r\n?|\n)", re.DOTALL
)


def with_front_matter(page: Page, raw: str, values: Mapping[str, str], below: str = "") -> str:
    """Return the text of a page's file with other values, which are written as they are given.

    A new key is below the key `below`, if that has a value on one line, and else below the last one.

    Raises:
        HandbookError: if its front matter cannot be read, or has changed since it was read.

    """

    def edit(head: str) -> str:
        for key, value in values.items():
            head = with_value(_with_place(head, key, value, below), (key,), value)
        return head

    return with_edited_head(page, raw, edit)


def with_edited_head(page: Page, raw: str, edit: Callable[[str], str]) -> str:
    """Return the text of a page's file whose front matter, without the lines around it, was edited.

    Raises:
        HandbookError: if its front matter cannot be read, or has changed since it was read.

    """
    block = _BLOCK.match(raw)
    if not page.front_matter.readable or not block or _lines(block[0]) != page.text[: page.front_matter.end]:
        raise HandbookError(
            f"the front matter of {page.path} cannot be changed; first fix what `handbook check` finds in it"
        )
    start, end = block.span("keys")
    try:
        head = edit(raw[start:end])
    except HandbookError as error:
        raise HandbookError(f"the front matter of {page.path} cannot be changed: {error}") from None
    return raw[:start] + head + raw[end:]


def _with_place(head: str, key: str, value: str, below: str) -> str:
    """Return front matter with a line for a new key, if it is to be below another one."""
    node = compose(head)
    above = value_at(node, below)
    if above is None or value_at(node, key) or above.start_mark.line != above.end_mark.line:
        return head
    return insert(head, above.start_mark.line + 1, [f"{key}: {value}"])


def _lines(raw: str) -> str:
    """Return a text without a byte order mark, and with LF line ends."""
    return raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
