"""Marks translations as rendering what their originals say now."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import yaml

from handbook.content.edit_front_matter import with_front_matter
from handbook.content.pages import Page
from handbook.content.translation.changed_parts import KEY
from handbook.content.translation.marks import written_marks
from handbook.content.translation.text_parts import text_parts
from handbook.registers.rendered_texts import RenderedTexts, text_mark
from handbook.registers.written_texts import WrittenText

_HEAD: Final = """# yaml-language-server: $schema=schemas/rendered_texts.schema.json
# Which texts of registers each translation renders. `handbook translate done` writes it; do not edit it.
# If two people changed it at the same time, keep the lines of both, and run `handbook translate status`.
"""


def page_marked(page: Page, raw: str, original: Page) -> str:
    """Return the text of a translation's file that says that it renders what the original says now.

    Raises:
        HandbookError: if its front matter cannot be read.

    """
    marks = written_marks(part.mark for part in text_parts(original))
    return with_front_matter(page, raw, {KEY: marks})


def marks_with(
    known: RenderedTexts, texts: Sequence[WrittenText], files: Iterable[str], languages: Iterable[str]
) -> str:
    """Return the register of rendered texts once all texts of some files are rendered.

    What is no longer in a file leaves it, and the marks of other files stay.
    """
    chosen = set(files)
    marked: dict[str, dict[str, list[str]]] = {}
    for language in dict.fromkeys([*known.languages, *languages]):
        kept = {
            file: marks for file, marks in known.languages.get(language, {}).items() if file not in chosen
        }
        own_marks = {file: _marks_of(texts, file, language) for file in chosen}
        merged = {file: sorted(set(marks)) for file, marks in sorted({**kept, **own_marks}.items()) if marks}
        if merged:
            marked[language] = merged
    return _HEAD + _as_yaml(marked)


def _marks_of(texts: Sequence[WrittenText], file: str, language: str) -> list[str]:
    return [
        text_mark(text.path, text.words)
        for text in texts
        if text.file == file and language in text.texts and language != text.original
    ]


def _as_yaml(marked: Mapping[str, Mapping[str, Sequence[str]]]) -> str:
    return str(yaml.dump({"languages": marked}, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True))
