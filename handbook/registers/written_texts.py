"""The texts of registers as they are written, in every language, for whoever follows their translations.

They are read as they are in the files: with the names in braces, and with the records of other organizations.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from handbook.content.languages import UNMARKED
from handbook.files.tree import FileTree
from handbook.registers.decisions import FOLDER as DECISIONS
from handbook.registers.scenarios import FOLDER as SCENARIOS
from handbook.yaml.located import Key, KeyPath, read_shared_mapping

_REGISTERS: Final = "registers"
# No page shows what is in these as a text by language.
_OTHERS: Final = frozenset(
    f"{name}.yml"
    for name in (
        "questions",
        "open_questions",
        "spelling",
        "links",
        "waivers",
        "accounts",
        "editorial_changes",
        "rendered_texts",
    )
)
# The keys of texts that readers read as sentences. Written once, without a language, such a text is English.
_SENTENCES: Final = frozenset(
    (
        "covers",
        "decides",
        "help",
        "intro",
        "learn",
        "meaning",
        "means",
        "never",
        "online",
        "question",
        "reason",
    )
) | {"statement", "text"}
_SENTENCE: Final = re.compile(r"\S\s.*[.!?…][\"”»]?\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A text of a register, by language."""

    file: str
    path: KeyPath
    texts: Mapping[str, str]

    @property
    def original(self) -> str:
        """Return the language that the others render: English, or the first that there is."""
        return UNMARKED if UNMARKED in self.texts else next(iter(self.texts))

    @property
    def words(self) -> str:
        """Return the text that the others render."""
        return self.texts[self.original]


@dataclass(frozen=True)
class WrittenTexts:
    """The texts of the registers of a handbook, which are read when somebody asks for them."""

    tree: FileTree = field(compare=False)
    languages: Sequence[str]

    @cached_property
    def texts(self) -> Sequence[WrittenText]:
        """Return every text that is written by language, and every sentence that is not."""
        return [text for file in self._files() for text in self._in(file)]

    def _in(self, file: str) -> Iterator[WrittenText]:
        return texts_in(file, self.tree.read(file) or b"", self.languages)

    def _files(self) -> Iterator[str]:
        for name in self.tree.names(_REGISTERS):
            if name.endswith(".yml") and name not in _OTHERS:
                yield f"{_REGISTERS}/{name}"
        for folder in (SCENARIOS, DECISIONS):
            yield from (f"{folder}/{name}" for name in self.tree.names(folder) if name.endswith(".yml"))


def texts_in(file: str, data: bytes, languages: Sequence[str]) -> Iterator[WrittenText]:
    """Yield the texts in a register; one that cannot be read has none, and is named by whoever reads it."""
    try:
        content = read_shared_mapping(data.decode("utf-8-sig").replace("\r\n", "\n")).data
    except UnicodeDecodeError:
        return
    yield from (WrittenText(file, path, texts) for path, texts in _texts(content, (), {UNMARKED, *languages}))


def _texts(
    value: Any, path: KeyPath, languages: Collection[str]
) -> Iterator[tuple[KeyPath, Mapping[str, str]]]:
    if isinstance(value, dict):
        if _is_by_language(value, languages):
            yield path, value
        else:
            for key, inner in value.items():
                yield from _texts(inner, (*path, key), languages)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, (*path, number), languages)
    elif isinstance(value, str) and _name(path) in _SENTENCES and _SENTENCE.search(value):
        yield path, {UNMARKED: value}


def _is_by_language(value: Mapping[Any, Any], languages: Collection[str]) -> bool:
    return bool(value) and all(key in languages and isinstance(text, str) for key, text in value.items())


def _name(path: KeyPath) -> Key:
    return next((key for key in reversed(path) if not isinstance(key, int)), "")
