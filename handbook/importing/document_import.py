"""Reads a Word document as the pages, the map of clauses, and the losses of an import."""

from collections.abc import Sequence
from dataclasses import dataclass

from handbook.errors import HandbookError
from handbook.importing.losses import losses
from handbook.importing.markdown_text import markdown_of
from handbook.importing.numbering import as_part, parts_without_numbers, read_numbering, write_labels
from handbook.importing.pages import Clause, ImportedPage, clauses, split_pages
from handbook.importing.tracked_changes import Tracked, count_changes, settle
from handbook.importing.word_file import MAIN, open_word
from handbook.text.counting import counted


@dataclass(frozen=True, slots=True)
class DocumentImport:
    """What a document becomes; each of `lost` is a sentence."""

    pages: Sequence[ImportedPage]
    clauses: Sequence[Clause]
    lost: Sequence[str]


def read_document(data: bytes, name: str, tracked: Tracked | None, *, one_page: bool) -> DocumentImport:
    """Read a document called `name`, such as `policy.docx`.

    Raises:
        HandbookError: if it cannot be read, has tracked changes and nobody has said which text counts, or
            has no text.

    """
    document = open_word(data, name)
    body = document.xml(MAIN)
    assert body is not None  # noqa: S101 - a document without it was refused
    changes = count_changes(body)
    if changes and tracked is None:
        raise HandbookError(
            f"{name} has {counted(changes, 'tracked change')}; say which text counts, with --tracked accepted"
            " or --tracked original"
        )
    lost = list(losses(document, body))
    if changes and tracked:
        settle(body, tracked)
        text = "with all of them" if tracked is Tracked.ACCEPTED else "as it was before them"
        lost.insert(0, f"{counted(changes, 'tracked change')}: the text is taken {text}")
    numbering = read_numbering(document)
    labels = write_labels(body, numbering)
    if labels:
        lost.append(f"{counted(labels, 'number')} that Word counts: now text, which follows no change")
    parts = {**document.parts, **parts_without_numbers(document, numbering), MAIN: as_part(body)}
    markdown = markdown_of(parts)
    if not markdown.strip():
        raise HandbookError(f"{name} has no text; if it is a scan, have its text recognized first")
    pages = split_pages(markdown, name.rpartition(".")[0] or name, one_page=one_page)
    return DocumentImport(pages, list(clauses(pages)), lost)
