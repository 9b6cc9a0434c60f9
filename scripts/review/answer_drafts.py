"""Keeps what somebody has answered until all of it is written down."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from pydantic import Field

from handbook.errors import HandbookError
from handbook.files.atomic_write import write_text
from handbook.files.tree import Folder
from handbook.record import Record
from handbook.registers.loading import load_optional_register
from handbook.registers.review_records import FOLDER, ReviewFile
from handbook.yaml.edit_lines import block


class _Answers(Record):
    """What was answered about one text of a page."""

    fingerprint: str = Field(examples=["sha256:…"])
    answers: dict[str, str] = Field(default={}, examples=["(answers)"])


class _Pages(Record):
    pages: dict[str, _Answers] = Field(default={}, examples=["(pages)"])


class AnswerDraft:
    """The answers of one role in one review, in a hidden file beside its record.

    What was answered about another text of a page than the present one does not count.

    Raises:
        HandbookError: when the file was changed by hand and cannot be read.

    """

    def __init__(self, root: Path, review_file: ReviewFile, role: str) -> None:
        self._file = root / FOLDER / f".{review_file.name}.{Path(role).name}.draft.yml"
        folder = Folder(self._file.parent)
        self._pages = dict(load_optional_register(folder, self._file.name, _Pages)[0].pages)

    def is_outdated(self, path: str, text: str) -> bool:
        """Tell whether there are answers about another text of a page, by its fingerprint."""
        return path in self._pages and self._pages[path].fingerprint != text

    def answers(self, path: str, text: str) -> dict[str, str]:
        """Return what was answered about a text of a page."""
        known = self._pages.get(path)
        return dict(known.answers) if known and known.fingerprint == text else {}

    def answer(self, path: str, text: str, question: str, ask: Callable[[], str]) -> str:
        """Return the answer to a question, asking only where it is not known yet, and keep it."""
        known = self.answers(path, text)
        if question not in known:
            known[question] = ask()
            self._pages[path] = _Answers(fingerprint=text, answers=known)
            self._keep()
        return known[question]

    def discard(self) -> None:
        """Take the file away: all of it is written down elsewhere."""
        self._file.unlink(missing_ok=True)

    def _keep(self) -> None:
        value = _Pages(pages=self._pages).model_dump()
        write_text(self._file, block(value))


def discard_drafts(root: Path, review_file: ReviewFile) -> None:
    """Take away every draft of a review that is closed."""
    for file in (root / FOLDER).iterdir():
        if file.name.startswith(f".{review_file.name}.") and file.name.endswith(".draft.yml"):
            file.unlink(missing_ok=True)


@contextmanager
def kept_when_stopped() -> Iterator[None]:
    """Tell somebody who stops in the middle of the questions that nothing is lost."""
    try:
        yield
    except (click.Abort, KeyboardInterrupt):
        raise HandbookError(
            "stopped; your answers are kept, and the same command goes on from there"
        ) from None
