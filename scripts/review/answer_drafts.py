"""Keeps the answers of an interrupted command until they are all in the record."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from pydantic import Field

from handbook.errors import HandbookError
from handbook.files.atomic_write import write_text
from handbook.files.tree import Folder
from handbook.registers.loading import load_optional_register
from handbook.registers.review_records import ReviewFile
from handbook.yaml.edit_lines import block
from handbook.yaml.record import Record


class _PageAnswers(Record):
    """The answers about one text of a page."""

    fingerprint: str = Field(examples=["sha256:…"])
    answers: dict[str, str] = Field(default={}, examples=["(answers)"])


class _Draft(Record):
    pages: dict[str, _PageAnswers] = Field(default={}, examples=["(pages)"])


class AnswerDraft:
    """The answers of one role in one review, in a hidden file beside its record.

    Answers about an earlier text of a page do not count.

    Raises:
        HandbookError: if the file was changed by hand and cannot be read.

    """

    def __init__(self, root: Path, review_file: ReviewFile, role: str) -> None:
        self._file = (root / review_file.path).parent / f".{review_file.name}.{Path(role).name}.draft.yml"
        folder = Folder(self._file.parent)
        self._pages = dict(load_optional_register(folder, self._file.name, _Draft)[0].pages)

    def is_outdated(self, path: str, text: str) -> bool:
        """Tell whether there are answers about a page, but about a text with another fingerprint."""
        return path in self._pages and self._pages[path].fingerprint != text

    def answers(self, path: str, text: str) -> dict[str, str]:
        """Return the answers about the text of a page with this fingerprint."""
        known = self._pages.get(path)
        return dict(known.answers) if known and known.fingerprint == text else {}

    def answer(self, path: str, text: str, question: str, ask: Callable[[], str]) -> str:
        """Return the answer to a question; if there is none yet, ask and keep it."""
        known = self.answers(path, text)
        if question not in known:
            known[question] = ask()
            self._pages[path] = _PageAnswers(fingerprint=text, answers=known)
            self._keep()
        return known[question]

    def discard(self) -> None:
        """Delete the file, because its answers are in the record."""
        self._file.unlink(missing_ok=True)

    def _keep(self) -> None:
        value = _Draft(pages=self._pages).model_dump()
        write_text(self._file, block(value))


def discard_drafts(root: Path, review_file: ReviewFile) -> None:
    """Delete every draft of a closed review."""
    for file in (root / review_file.path).parent.iterdir():
        if file.name.startswith(f".{review_file.name}.") and file.name.endswith(".draft.yml"):
            file.unlink(missing_ok=True)


@contextmanager
def explained_interruption() -> Iterator[None]:
    """Turn Ctrl-C in the middle of the questions into a HandbookError that says that nothing is lost."""
    try:
        yield
    except (click.Abort, KeyboardInterrupt):
        raise HandbookError(
            "stopped; your answers are kept, and the same command continues from there"
        ) from None
