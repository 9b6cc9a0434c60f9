"""Saving a file is seen, however an editor does it; what an editor puts beside a file is not."""

import os
from pathlib import Path

import pytest

from scripts.development.serving.watched_files import changed_files, snapshot


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "docs" / "policy" / "work.md"
    file.parent.mkdir(parents=True)
    file.write_text("Text.")
    return file


def test_what_is_written_new_or_gone_has_changed(tmp_path: Path, page: Path) -> None:
    settings = tmp_path / "mkdocs.yml"
    settings.write_text("site_name: X")
    paths = [str(tmp_path / "docs"), str(settings), str(tmp_path / "missing")]
    before = snapshot(paths)
    page.write_text("Longer text.")
    settings.unlink()
    new = page.with_name("new.md")
    new.write_text("New.")
    assert changed_files(before, snapshot(paths)) == {str(page), str(settings), str(new)}


def test_a_file_that_takes_the_place_of_another_has_changed(tmp_path: Path, page: Path) -> None:
    draft = tmp_path / "draft"
    draft.write_text("Tixt.")
    status = page.stat()
    os.utime(draft, ns=(status.st_atime_ns, status.st_mtime_ns))
    before = snapshot([str(tmp_path / "docs")])
    draft.replace(page)
    assert changed_files(before, snapshot([str(tmp_path / "docs")])) == {str(page)}


@pytest.mark.parametrize("name", [".work.md.swp", "work.md~", ".folder/work.md"])
def test_what_an_editor_keeps_beside_a_file_is_no_change(tmp_path: Path, page: Path, name: str) -> None:
    before = snapshot([str(tmp_path / "docs")])
    file = page.with_name(name) if "/" not in name else page.parent / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("Text.")
    assert changed_files(before, snapshot([str(tmp_path / "docs")])) == frozenset()


def test_a_link_to_a_folder_is_followed_once(tmp_path: Path, page: Path) -> None:
    (page.parent / "loop").symlink_to(tmp_path / "docs")
    outside = tmp_path / "outside"
    outside.mkdir()
    (page.parent / "linked").symlink_to(outside)
    before = snapshot([str(tmp_path / "docs")])
    assert before.keys() == {str(page)}
    (outside / "page.md").write_text("Text.")
    assert changed_files(before, snapshot([str(tmp_path / "docs")])) == {
        str(page.parent / "linked" / "page.md")
    }
