"""Repositories, and the history that a run shows of them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.git.repository import Repository
from handbook.history.keeping.whole_history import whole_history
from tests.builds import NOON
from tests.scripts.conftest import Git, clone, git

__all__ = ["clone", "git"]

Write = Callable[[str, str | bytes], Path]


@pytest.fixture(autouse=True)
def _on_one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)


def shown(root: Path, branch: str = "main") -> bytes:
    """Return what a run shows of a branch."""
    with Repository(root) as repository:
        return b"".join(whole_history(repository, repository.commit(branch)))


def kept_file(git: Git) -> Path:
    """Return the file in which a history is kept."""
    return git.root / ".git" / ".handbook" / "history"


def shown_anew(git: Git) -> bytes:
    """Return what a run shows that has no earlier one; what is kept stays as it is."""
    kept = kept_file(git).read_bytes()
    kept_file(git).unlink()
    try:
        return shown(git.root)
    finally:
        kept_file(git).write_bytes(kept)
