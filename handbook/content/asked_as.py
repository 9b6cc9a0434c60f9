"""The words of staff for a page and its sections, for the search alone: the key `asked_as`."""

from collections.abc import Mapping
from typing import Final

EXAMPLE: Final = "[sack, tweet, {hours: [night, weekend]}]"


def read_asked_as(value: object) -> dict[str, list[str]]:
    """Return the words by the anchor of a section; those for the whole page are at an empty text.

    Raises:
        ValueError: if the value is not a list of words and of sections with lists of words.

    """
    if not isinstance(value, list) or not value:
        raise ValueError(f"must be a list of words; write for example `asked_as: {EXAMPLE}`")
    words: dict[str, list[str]] = {}
    for item in value:
        for anchor, listed in (item if isinstance(item, Mapping) else {"": [item]}).items():
            if not isinstance(listed, list) or not all(isinstance(word, str) for word in listed):
                raise ValueError(
                    f"needs words, or sections with lists of words; write for example `asked_as: {EXAMPLE}`"
                )
            words.setdefault(str(anchor), []).extend(listed)
    return words
