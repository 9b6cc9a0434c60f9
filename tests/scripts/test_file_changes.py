"""Several files are written together, or none is."""

from pathlib import Path

import pytest

from handbook.errors import HandbookError
from handbook.files.atomic_write import FileWrite
from scripts.file_changes import write_files


def test_nothing_is_left_if_a_file_was_changed_in_the_meantime(tmp_path: Path) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_bytes(b"theirs")
    page = FileWrite(tmp_path / "deep" / "er" / "page.md", b"ours")
    with pytest.raises(HandbookError, match=r"mkdocs\.yml was changed"):
        write_files(tmp_path, [page, FileWrite(config, b"ours", before=b"as it was read")])
    assert config.read_bytes() == b"theirs"
    assert {file.name for file in tmp_path.iterdir()} == {"mkdocs.yml", ".cache"}


def test_a_file_that_somebody_else_created_is_not_touched(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_bytes(b"theirs")
    with pytest.raises(HandbookError, match=r"page\.md was changed"):
        write_files(tmp_path, [FileWrite(page, b"ours")])
    assert page.read_bytes() == b"theirs"


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder").write_bytes(b"a file")
    with pytest.raises(HandbookError, match="folder"):
        write_files(tmp_path, [FileWrite(tmp_path / "folder" / "page.md", b"ours")])
