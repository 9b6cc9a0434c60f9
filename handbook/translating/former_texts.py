"""Finds the text that a translation renders among the former texts of its original."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from handbook.content.pages import Page, PageSource, parse_page
from handbook.content.translation.changed_parts import KEY, Translation
from handbook.content.translation.marks import read_marks
from handbook.content.translation.text_parts import text_parts
from handbook.errors import HandbookError
from handbook.git.repository import Repository
from handbook.registers.rendered_texts import RenderedTexts, text_mark
from handbook.registers.written_texts import WrittenText, texts_in
from handbook.yaml.located import KeyPath

# Whoever renders a text that was changed more often since reads it as a whole.
_MOST_VERSIONS: Final = 400


def rendered_page(translation: Translation, repository: Repository) -> Page | None:
    """Return the original as it was when it was rendered, or None if the history does not have it."""
    value = translation.page.front_matter.text(KEY)
    if value is None:
        return None
    marks, path = read_marks(value), translation.original.path
    source = PageSource(path, path, translation.original.language)
    former = (parse_page(source, data) for data in _versions(repository, path))
    return next((page for page in former if [part.mark for part in text_parts(page)] == marks), None)


def rendered_text(
    text: WrittenText, language: str, rendered: RenderedTexts, repository: Repository
) -> str | None:
    """Return the original of a register's text as it was when it was rendered, or None if that is not known.

    It is the newest former text at the same place that is marked as rendered, with the same translation: in a
    list, the number of an entry tells nothing.
    """
    for data in _versions(repository, text.file):
        for former in texts_in(text.file, data, list(text.texts)):
            is_same = _place(former.path) == _place(text.path) and former.words != text.words
            mark = text_mark(former.path, former.words)
            if (
                is_same
                and former.texts.get(language) == text.texts[language]
                and rendered.has(language, text.file, mark)
            ):
                return former.words
    return None


def _place(path: KeyPath) -> KeyPath:
    return tuple(key for key in path if not isinstance(key, int))


def _versions(repository: Repository, path: str) -> Iterator[bytes]:
    """Yield the committed states of a file, the newest first."""
    if repository.is_empty:
        return
    commits = repository.ask("log", "--format=%H", "--end-of-options", "HEAD", "--", path).split()
    for commit in islice(commits, _MOST_VERSIONS):
        try:
            yield repository.ask("cat-file", "blob", f"{commit}:./{path}").encode("utf-8", "surrogateescape")
        except HandbookError:
            continue  # The commit removed the file.
