"""JSON as this project writes it, and as platforms answer with it."""

import json
import re
from collections.abc import Iterator
from typing import Final

from handbook.text.quoting import STEERING

_STEERING: Final = re.compile(f"[{STEERING}]")


def as_document(data: object) -> str:
    """Return data as JSON that can be written as UTF-8, and whose reader's terminal obeys nothing in it."""
    text = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    return _STEERING.sub(lambda character: f"\\u{ord(character[0]):04x}", text)


def listed_entries(text: str) -> Iterator[object]:
    """Yield the entries of one list, or of several that follow each other, as of several pages of an answer.

    Raises:
        ValueError: if the text is something else.
        RecursionError: if it is nested too deeply.

    """
    decoder, rest = json.JSONDecoder(), text.lstrip()
    while rest:
        entries, end = decoder.raw_decode(rest)
        if not isinstance(entries, list):
            raise ValueError("not a list")
        yield from entries
        rest = rest[end:].lstrip()
