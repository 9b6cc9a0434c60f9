"""A tree as it will be."""

from pathlib import Path

from handbook.files.changed_tree import ChangedTree
from handbook.files.tree import Folder


def test_a_changed_tree_has_its_files_and_those_before(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    for name in ("a/old.yml", "a/b/deep.yml"):
        (tmp_path / name).write_text("old")
    tree = ChangedTree(
        Folder(tmp_path), {"a/old.yml": b"", "a/new.yml": b"new", "a/c/x.yml": b"", "a/c/d/e.yml": b""}
    )
    assert (tree.read("a/old.yml"), tree.read("a/new.yml"), tree.read("a/b/deep.yml")) == (
        b"",
        b"new",
        b"old",
    )
    assert tree.read("a/none.yml") is None
    assert tree.names("a") == ["new.yml", "old.yml"]
    assert tree.paths("a") == ["b/deep.yml", "c/x.yml", "new.yml", "old.yml"]


def test_a_removed_file_is_no_longer_in_the_tree(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    for name in ("a/old.yml", "a/kept.yml", "a/b/old.yml"):
        (tmp_path / name).write_text("old")
    tree = ChangedTree(Folder(tmp_path), {"a/old.yml": None, "a/b/old.yml": None, "a/b/c/new.yml": b"new"})
    assert tree.read("a/old.yml") is None
    assert tree.names("a") == tree.paths("a") == ["kept.yml"]
    assert list(tree.written_below("a")) == ["b/c/new.yml"]
