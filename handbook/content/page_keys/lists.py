"""Judges the keys of a page that hold a list, or lists by name."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, get_args

from handbook.content.asked_as import read_asked_as
from handbook.content.page_keys.entry import KeyEntry, WrongPart
from handbook.content.sectors import Jurisdiction, Sector
from handbook.text.suggestions import did_you_mean, nearest
from handbook.yaml.located import KeyPath
from handbook.yaml.quotes import can_be_read, in_quotes
from handbook.yaml.written_texts import not_a_text

SECTORS: Final[tuple[str, ...]] = get_args(Sector)
JURISDICTIONS: Final[tuple[str, ...]] = get_args(Jurisdiction)
HIDEABLE: Final = ("navigation", "toc", "footer")


def judge_one_of(choices: tuple[str, ...]) -> Callable[[KeyEntry], None]:
    """Return what judges a list of which each word is one of `choices`."""

    def judge(entry: KeyEntry) -> None:
        meant = _list_meant(entry.value, choices)
        if meant is not None and meant != entry.value:
            raise ValueError(f"{entry.key} must be a list of words; {entry.as_list(meant)}")
        if isinstance(entry.value, str) and len(entry.value.split()) == 1:
            closest = nearest(entry.value, choices)
            advice = (
                entry.as_list([closest])
                if closest
                else f"{entry.example}; choose from {', '.join(sorted(choices))}"
            )
            raise ValueError(f"{entry.key} must be a list of words; {advice}")
        for index, item in enumerate(entry.value if isinstance(entry.value, list) else ()):
            if item not in choices:
                written = entry.written_at((index,)) or str(item)
                raise ValueError(f"{entry.key} has '{written}'; {did_you_mean(written, choices)}")
        judge_list(entry)

    return judge


def judge_list(entry: KeyEntry) -> None:
    """Refuse all but a list of texts that is not empty."""
    value = entry.value
    if isinstance(value, list) and value:
        if not all(isinstance(item, str) for item in value):
            raise ValueError(f"{entry.key} must be a list of texts; {_with_texts(entry, value)}")
        return
    meant = _list_meant(value, ())
    raise ValueError(f"{entry.key} must be a list; {entry.as_list(meant) if meant else entry.example}")


def _with_texts(entry: KeyEntry, items: Sequence[object]) -> str:
    """Say how to write a list if some of its items are not texts."""
    written = [item.strip() for item in entry.written.strip("[]").split(",")]
    if len(written) != len(items):
        return entry.example
    pairs = zip(written, items, strict=True)
    return entry.as_list([text if isinstance(item, str) else in_quotes(text) for text, item in pairs])


def _list_meant(value: object, choices: tuple[str, ...]) -> list[str] | None:
    """Return the words of a list that is written as a text, or as keys without values; None for others.

    With `choices`, spaces separate words, too, if each word is one of them.
    """
    keys = list(value) if isinstance(value, dict) and not any(value.values()) else value
    items = keys if isinstance(keys, list) else [keys]
    texts = [text for text in items if isinstance(text, str)]
    if not texts or len(texts) < len(items):
        return None
    if choices:
        words = re.findall(r"[\w-]*\w", re.sub(r"\b(?:and|et)\b", " ", " ".join(texts)))
        return words if words and set(words) <= set(choices) else None
    words = [word.strip("-•* ()") for text in texts for word in re.split(r"[,;/]|\s[-•*]\s?", text)]
    return words if all(re.fullmatch(r"[\w-]+", word) for word in words) else None


def judge_applies_to(entry: KeyEntry) -> None:
    """Refuse sectors and jurisdictions that the handbook does not know."""
    key, value = entry.key, entry.value
    if not isinstance(value, dict) or not value:
        raise ValueError(f"{key} must name sectors or jurisdictions; {entry.example}")
    choices = {"sectors": SECTORS, "jurisdictions": JURISDICTIONS}
    for name, items in value.items():
        if name not in choices:
            raise ValueError(f"{key} has '{name}'; {did_you_mean(name, choices)}")
        if not isinstance(items, list) or not items:
            raise ValueError(f"{key} must hold lists; {entry.example}")
        for index, item in enumerate(items):
            if item not in choices[name]:
                written = entry.written_at((name, index)) or str(item)
                raise ValueError(f"{key} has '{written}'; {did_you_mean(written, choices[name])}")


def judge_asked_as(entry: KeyEntry) -> None:
    """Refuse all but lists of words, of the page and of its sections.

    Raises:
        WrongPart: if only one part is wrong.
        ValueError: if it is wrong as a whole.

    """
    for path, item in _items(entry.value if isinstance(entry.value, list) else ()):
        written = entry.written_at(path)
        if isinstance(item, dict) and not entry.written:
            anchor = next(anchor for anchor, words in item.items() if not isinstance(words, list))
            raise WrongPart((*path, anchor), _not_a_list_of_words(anchor, item[anchor], written))
        is_text = isinstance(item, str) or written[:1] in "[{"
        if reason := None if is_text else not_a_text("", item, written):
            raise WrongPart(path, f"an item of {entry.key} {reason}")
    try:
        read_asked_as(entry.value)
    except ValueError as error:
        raise ValueError(f"{entry.key} {error}") from None


def _not_a_list_of_words(anchor: str, words: object, written: str) -> str:
    """Say how the words of a section are listed; `written` is the section with its words."""
    listed = [word.strip() for word in re.split("[,;]", str(words or "").strip("()"))]
    meant = (
        listed if isinstance(words, str) and can_be_read(f"[{', '.join(listed)}]") else ["night", "weekend"]
    )
    text = f", or, for a text, {in_quotes(written)}" if isinstance(words, str) and written else ""
    return f"asked_as has no list of words for '{anchor}'; write `{anchor}: [{', '.join(meant)}]`{text}"


def _items(listed: Sequence[object], path: KeyPath = ()) -> Iterator[tuple[KeyPath, object]]:
    """Yield the items of a list, and those of the lists of its sections, with their paths."""
    for index, item in enumerate(listed):
        if isinstance(item, dict) and all(isinstance(words, list) for words in item.values()):
            for anchor, words in item.items():
                yield from _items(words, (*path, index, anchor))
        else:
            yield (*path, index), item
