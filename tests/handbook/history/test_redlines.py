"""Redlines of a whole history, and the file that keeps them between runs."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from handbook.errors import HandbookError
from handbook.formats.redlines import as_records
from handbook.git.repository import Repository
from handbook.history.changes import History
from handbook.history.formats import as_json, encode_history, json_parts
from handbook.history.page_history import HistoryQuery, read_history, redline_of
from handbook.history.redline_cache import RedlineCache
from handbook.history.redlines import Redlines, read_redlines
from handbook.text.redline import shortened
from scripts.development.sample_history import write_history
from tests.conftest import PAGE
from tests.scripts.conftest import Git

Write = Callable[[str, str | bytes], Path]
# A name, and a redline, as one run keeps them.
KEPT = {"1111 2222": b"[]"}


@pytest.fixture
def edited(git: Git, write: Write) -> Git:
    """A page changes, becomes empty, is deleted, and comes back with bytes that are not UTF-8."""
    texts: list[bytes | None] = [PAGE.encode() + b"\nMore.\n", b"", None, b"\xff caf\xe9"]
    for day, text in enumerate(texts, 2):
        if text is None:
            (git.root / "docs" / "other.md").unlink()
        else:
            write("docs/other.md", text)
        git.commit(f"2026-11-0{day}")
    git("mv", "docs/other.md", "docs/moved.md")
    git.commit("2026-11-06")
    return git


def _history(root: Path) -> History:
    with Repository(root) as repository:
        return read_history(repository, "main", HistoryQuery("UTC"))


def _cache(root: Path) -> RedlineCache:
    with Repository(root) as repository:
        return RedlineCache(repository.kept_folder)


def _assert_as_compared_one_by_one(root: Path, history: History, redlines: Redlines) -> None:
    assert history.pages
    with Repository(root) as repository:
        for change in history.all_changes():
            expected = as_records(shortened(redline_of(repository, change)))
            assert json.loads(redlines.encoded(change)) == expected
            assert as_records(redlines.pieces(change)) == expected


def test_redlines_are_those_of_each_change(edited: Git) -> None:
    history = _history(edited.root)
    assert len(history.pages["docs/moved.md"].changes) == 6
    _assert_as_compared_one_by_one(edited.root, history, read_redlines(edited.root, history, None))


def test_redlines_of_a_long_history_are_those_of_each_change(tmp_path: Path) -> None:
    root = tmp_path / "history"
    write_history(root, 20, 60, words=100)
    history = _history(root)
    _assert_as_compared_one_by_one(root, history, read_redlines(root, history, None))


def test_redlines_in_the_cache_are_not_computed_again(edited: Git) -> None:
    history = _history(edited.root)
    first = read_redlines(edited.root, history, _cache(edited.root))
    for file in (edited.root / ".git" / "objects").rglob("*"):
        if file.is_file():
            file.unlink()
    second = read_redlines(edited.root, history, _cache(edited.root))
    for change in history.all_changes():
        assert second.encoded(change) == first.encoded(change)
    with pytest.raises(HandbookError):
        read_redlines(edited.root, history, None)


def test_the_cache_keeps_what_other_runs_computed(edited: Git) -> None:
    cache = _cache(edited.root)
    cache.write(KEPT)
    read_redlines(edited.root, _history(edited.root), cache)
    assert KEPT.items() < cache.read().items()


def test_git_and_mkdocs_see_nothing_of_the_cache(edited: Git) -> None:
    _cache(edited.root).write(KEPT)
    assert edited("status", "--porcelain", "--ignored") == ""


def _damage(content: bytes) -> bytes:
    return content[:-2] + b"{]"


@pytest.mark.parametrize(
    "spoil",
    [
        _damage,
        lambda content: content[:-1],
        lambda content: content + b"\n3333 4444\t[]",
        lambda content: content.replace(b"redlines ", b"redlines 0", 1),
        lambda _: b"",
        lambda _: b"\n",
        lambda _: b"\xff\x00",
    ],
)
def test_a_file_that_is_damaged_or_foreign_counts_as_empty_and_is_replaced(
    tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    cache, file = RedlineCache(tmp_path), tmp_path / "redlines"
    cache.write(KEPT)
    assert cache.read() == KEPT
    file.write_bytes(spoil(file.read_bytes()))
    assert cache.read() == {}
    cache.write(KEPT)
    assert cache.read() == KEPT


def test_a_folder_that_cannot_be_written_to_keeps_nothing_and_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("A file where the folder would be.")
    cache = RedlineCache(tmp_path / "kept")
    cache.write(KEPT)
    assert cache.read() == {}
    assert [file.name for file in tmp_path.iterdir()] == ["kept"]


def test_the_cache_is_bounded_and_keeps_the_first(tmp_path: Path) -> None:
    cache = RedlineCache(tmp_path, most_bytes=1_000)
    cache.write({f"{number:03} {number:03}": b"[%b]" % (b" " * 90) for number in range(100)})
    assert (tmp_path / "redlines").stat().st_size <= 1_000
    assert list(cache.read())[:2] == ["000 000", "001 001"]
    assert len(cache.read()) > 5


def test_datasets_are_the_same_with_redlines_that_are_encoded_already(edited: Git) -> None:
    history = _history(edited.root)
    redlines = read_redlines(edited.root, history, None)
    with Repository(edited.root) as repository:
        expected = as_json(history, partial(redline_of, repository))
    parts = json_parts((), encode_history(history, redlines.encoded))
    assert b"".join(parts).decode() == expected
    assert len(json.loads(expected)["changes"]) == len(history.all_changes())


def test_a_history_without_changes_is_valid_json() -> None:
    data = json.loads(as_json(History({}, ("a" * 40,)), lambda _: []))
    assert data == {"pending": [], "changes": [], "left_out": ["a" * 40], "misdated": []}


def test_a_path_that_is_not_utf_8_is_valid_json(edited: Git, write: Write) -> None:
    path = 'docs/caf\udce9 "quoted".md'
    write(path, PAGE)
    edited.commit("2026-11-07")
    history = _history(edited.root)
    assert path in history.pages
    data = json.loads(as_json(history, lambda _: []))
    assert data["changes"][0]["path"] == path
