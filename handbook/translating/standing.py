"""How the translations of a handbook stand: current, behind, not known, or missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from handbook.content.languages import main_path, path_in
from handbook.model import Handbook
from handbook.registers.rendered_texts import text_mark
from handbook.registers.written_texts import WrittenText

TranslationState: TypeAlias = Literal["current", "changed", "unknown", "missing"]


@dataclass(frozen=True, slots=True)
class TranslationStatus:
    """How a page or a text of a register stands in a language; `place` is where it is in a register."""

    language: str
    path: str
    state: TranslationState
    place: str = ""


def standings(handbook: Handbook) -> list[TranslationStatus]:
    """Return how each page, and each text of a register, stands in each language that is not its own."""
    return [*_pages(handbook), *_texts(handbook)]


def _pages(handbook: Handbook) -> Iterator[TranslationStatus]:
    languages = handbook.registers.organization.languages
    for page in handbook.pages:
        if translation := handbook.translation(page):
            unknown = translation.changed is None
            state: TranslationState = (
                "unknown" if unknown else "current" if translation.is_current else "changed"
            )
            yield TranslationStatus(page.language, page.path, state)
    for language in languages:
        for page in handbook.untranslated_pages(language):
            yield TranslationStatus(language, path_in(main_path(page.path, languages), language), "missing")


def _texts(handbook: Handbook) -> Iterator[TranslationStatus]:
    for text in handbook.registers.written_texts.texts:
        for language in handbook.registers.organization.languages:
            if language != text.original:
                yield TranslationStatus(
                    language, text.file, state_of_text(handbook, text, language), place_of(text)
                )


def state_of_text(handbook: Handbook, text: WrittenText, language: str) -> TranslationState:
    """Return how a text of a register stands in a language."""
    if language not in text.texts:
        return "missing"
    mark = text_mark(text.path, text.words)
    return "current" if handbook.registers.rendered_texts.has(language, text.file, mark) else "changed"


def place_of(text: WrittenText) -> str:
    """Return where a text is in its file, with the numbers of lists from 1 on."""
    return ".".join(str(key + 1) if isinstance(key, int) else key for key in text.path)
