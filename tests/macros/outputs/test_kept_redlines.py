"""Redlines as readers saw them are computed once for each pair of texts and what they said at the time."""

from pathlib import Path

import pytest

from handbook.content.pages import PageSource, parse_page
from handbook.errors import HandbookError
from handbook.git.repository import Repository
from handbook.history.page_history import HistoryQuery, read_history
from handbook.text.redline import Mark, Piece
from macros.outputs.kept_redlines import KeptRedlines, results_in
from macros.plugin import read_site
from tests.conftest import PAGE, make_folder
from tests.scripts.conftest import Git

pytestmark = pytest.mark.usefixtures("own_memory")

SHORT = PAGE.replace("Text.", "Ask {{ organization.short_name }}.")
LONG = PAGE.replace("Text.", "Ask {{ organization.short_name }} first.")


@pytest.fixture
def git(tmp_path: Path) -> Git:
    root = make_folder(tmp_path / "handbook")
    git = Git(root)
    page, organization = root / "docs" / "other.md", root / "organization.yml"
    for day, text in enumerate((SHORT, LONG), start=1):
        page.write_text(text)
        git.commit(f"2026-11-0{day}")
    organization.write_text(organization.read_text("utf-8").replace("{en: ERN,", "{en: New name,"), "utf-8")
    git.commit("2026-11-03")
    for day, text in enumerate((SHORT, LONG), start=4):
        page.write_text(text)
        git.commit(f"2026-11-0{day}")
    return git


def _redlines(root: Path) -> list[list[Piece]]:
    """Return the redline of each change, the newest first, as a process of its own gets them."""
    file = root / "docs" / "other.md"
    page = parse_page(PageSource(str(file), "docs/other.md", "en"), file.read_bytes())
    with Repository(root) as repository:
        redlines = KeptRedlines(read_site(root), repository, results_in(repository.kept_folder))
        changes = read_history(repository, "HEAD", HistoryQuery("UTC")).pages["docs/other.md"].changes
        shown = [redlines.redline(change, page) for change in changes]
        redlines.keep()
    return shown


def _blobs(git: Git) -> list[Path]:
    names = [git("rev-parse", f"{commit}:docs/other.md").strip() for commit in ("HEAD", "HEAD~1")]
    return [git.root / ".git" / "objects" / name[:2] / name[2:] for name in names]


def test_a_later_build_reads_no_text_again(git: Git) -> None:
    computed = _redlines(git.root)
    for blob in _blobs(git):
        blob.unlink()
    assert _redlines(git.root) == computed


def test_other_code_of_the_macros_computes_them_anew(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    _redlines(git.root)
    for blob in _blobs(git):
        blob.unlink()
    monkeypatch.setattr("macros.outputs.kept_redlines.code_of_macros", lambda: "other code")
    with pytest.raises(HandbookError):
        _redlines(git.root)


def test_what_is_not_kept_needs_the_texts(git: Git) -> None:
    for blob in _blobs(git):
        blob.unlink()
    with pytest.raises(HandbookError):
        _redlines(git.root)


def test_the_same_change_at_another_time_shows_what_was_said_then(git: Git) -> None:
    newest, _, older, _ = _redlines(git.root)
    assert "Ask New name first." in _text_after(newest)
    assert "Ask ERN first." in _text_after(older)


def _text_after(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces if piece.mark is not Mark.DELETED)
