"""Whoever reads a page for a review sees what has changed in it since the last one, word by word."""

from pathlib import Path

import pytest

from tests.conftest import REVIEWED
from tests.records import page_at, texts_of
from tests.scripts.conftest import Git
from tests.scripts.review.rounds import review, written
from tests.scripts.terminals import Terminal

pytestmark = pytest.mark.usefixtures("on_20_november")

pytest.importorskip("pty", reason="Windows has no terminals of this kind")


def _shown_by_sign(root: Path) -> str:
    """Start a review of the second page, and return what is shown before the first question."""
    written(review(root, "start", str(root / "docs/other.md")))
    terminal = Terminal("review", "sign", "--as", "platform-lead", "--root", str(root))
    terminal.until("What did you look at?")
    terminal.stop()
    return terminal.shown


@pytest.mark.parametrize("recorded", [False, True])
def test_each_changed_word_is_marked_even_if_the_change_was_editorial(folder: Path, recorded: bool) -> None:
    git = Git(folder)
    git.commit(str(REVIEWED))
    page = folder / "docs" / "other.md"
    page.write_text(page.read_text().replace("Text.", "Short text\x1b[2J."))
    git.commit("2026-11-02")
    if recorded:
        text = texts_of([page_at(folder, "docs/other.md")])["docs/other.md"]
        record = folder / "registers" / "editorial_changes" / "2026-11-02-other.yml"
        record.parent.mkdir()
        record.write_text(
            f"date: 2026-11-02\nby: platform-lead\nwhy: A word.\npages: {{docs/other.md: '{text}'}}\n"
        )
    shown = _shown_by_sign(folder)
    assert f"Changes since {REVIEWED}" in shown
    assert "[-Text-]" in shown
    assert "{+Short text" in shown
    assert "\x1b[2J" not in shown


def test_an_unchanged_page_is_said_to_be_the_reviewed_one(folder: Path) -> None:
    Git(folder).commit(str(REVIEWED))
    assert f"the one that was reviewed on {REVIEWED}" in _shown_by_sign(folder)


def test_without_the_history_the_reader_is_told_to_read_all(folder: Path) -> None:
    page = folder / "docs" / "other.md"
    page.write_text(page.read_text().replace("Text.", "Other."))
    assert "Read the whole page." in _shown_by_sign(folder)
