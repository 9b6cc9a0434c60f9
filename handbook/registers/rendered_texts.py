"""Which texts of registers each translation renders: `registers/rendered_texts.yml`.

A text of a register that is written by language is marked once its translation renders it. The mark covers
the original and where it is, without the numbers of lists, so that an entry may move within its list. If the
original changes, its mark is no longer there. `handbook translate done` writes the file.
"""

from functools import cached_property
from typing import Annotated, Final, TypeAlias

from pydantic import Field, StringConstraints

from handbook.content.translation.text_parts import mark_of
from handbook.files.tree import FileTree
from handbook.registers.field_types import Language, Line
from handbook.registers.loading import load_optional_register
from handbook.yaml.located import KeyPath
from handbook.yaml.record import Record

FILE: Final = "registers/rendered_texts.yml"
Mark: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}$")]


class RenderedTexts(Record):
    """The content of the file: marks by language and by the register that they are about."""

    languages: dict[Language, dict[Line, list[Mark]]] = Field(
        default={},
        examples=["(languages, as in the sample)"],
        description="What each translation renders, by language and by register.",
    )

    def has(self, language: str, file: str, mark: str) -> bool:
        """Tell whether a translation renders a text as it is."""
        return mark in self._marks.get((language, file), frozenset())

    @cached_property
    def _marks(self) -> dict[tuple[str, str], frozenset[str]]:
        return {
            (language, file): frozenset(marks)
            for language, files in self.languages.items()
            for file, marks in files.items()
        }


def load_rendered_texts(tree: FileTree) -> RenderedTexts:
    """Read the file, if there is one.

    Raises:
        HandbookError: if it has mistakes, with a line for each.

    """
    register, _ = load_optional_register(tree, FILE, RenderedTexts)
    return register


def text_mark(path: KeyPath, original: str) -> str:
    """Return the mark of an original at a path of a register."""
    place = ".".join(str(key) for key in path if not isinstance(key, int))
    return mark_of(f"{place}\0{original}")
