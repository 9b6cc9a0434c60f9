"""Files appear or change whole or not at all, and never in place of another."""

import stat
from pathlib import Path
from typing import BinaryIO

import pytest

from handbook.errors import HandbookError
from handbook.files.atomic_write import (
    ChangedMeanwhile,
    FileWrite,
    replace_file,
    write_new,
    write_new_text,
    write_text,
    write_together,
)


@pytest.fixture(params=["links", "no-links"])
def target(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The path of a new file, on a disk that knows links and on one that does not."""

    def refuse(*_paths: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    if request.param == "no-links":
        monkeypatch.setattr(Path, "hardlink_to", refuse)
    return tmp_path / "copy.jpg"


def test_a_file_is_written(target: Path) -> None:
    write_new(target, [b"one ", b"two"])
    assert target.read_bytes() == b"one two"
    assert list(target.parent.iterdir()) == [target]


def test_a_file_that_came_in_between_is_not_overwritten(target: Path) -> None:
    def interfere(_file: BinaryIO) -> None:
        target.write_bytes(b"theirs")

    with pytest.raises(FileExistsError):
        write_new(target, [b"ours"], interfere)
    assert target.read_bytes() == b"theirs"
    assert list(target.parent.iterdir()) == [target]


def test_nothing_is_left_of_a_file_that_is_refused(target: Path) -> None:
    def refuse(file: BinaryIO) -> None:
        file.seek(0)
        raise ValueError(file.read())

    with pytest.raises(ValueError, match="ours"):
        write_new(target, [b"ours"], refuse)
    assert list(target.parent.iterdir()) == []


@pytest.fixture
def three(tmp_path: Path) -> list[FileWrite]:
    """A new file in a new folder, a file that changes, and another that changes."""
    for name in ("one.yml", "two.yml"):
        (tmp_path / name).write_bytes(b"before")
    return [
        FileWrite(tmp_path / "deep" / "er" / "new.md", b"new"),
        FileWrite(tmp_path / "one.yml", b"after one", b"before"),
        FileWrite(tmp_path / "two.yml", b"after two", b"before"),
    ]


def test_changes_are_made_together_and_keep_the_mode(three: list[FileWrite]) -> None:
    three[1].target.chmod(0o640)
    write_together(three)
    assert [change.target.read_bytes() for change in three] == [b"new", b"after one", b"after two"]
    assert stat.S_IMODE(three[1].target.stat().st_mode) == 0o640


def test_a_link_stays_a_link(three: list[FileWrite], tmp_path: Path) -> None:
    three[1].target.rename(tmp_path / "real.yml")
    three[1].target.symlink_to(tmp_path / "real.yml")
    write_together(three)
    assert three[1].target.is_symlink()
    assert (tmp_path / "real.yml").read_bytes() == b"after one"


def _state(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes() if file.is_file() else b""
        for file in folder.rglob("*")
    }


def test_nothing_is_changed_when_a_file_is_no_longer_what_was_read(
    three: list[FileWrite], tmp_path: Path
) -> None:
    three[2].target.write_bytes(b"theirs")
    before = _state(tmp_path)
    with pytest.raises(ChangedMeanwhile):
        write_together(three)
    assert _state(tmp_path) == before


def test_nothing_is_changed_when_the_disk_fails_at_the_last_file(
    three: list[FileWrite], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, real = _state(tmp_path), Path.replace

    def fail(draft: Path, target: Path) -> Path:
        if target.name == "two.yml":
            raise OSError(28, "No space left on device")
        return real(draft, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space left"):
        write_together(three)
    assert _state(tmp_path) == before


def test_nothing_is_changed_when_a_new_file_is_there_already(three: list[FileWrite], tmp_path: Path) -> None:
    three[2] = FileWrite(three[2].target, b"new")
    before = _state(tmp_path)
    with pytest.raises(FileExistsError):
        write_together(three)
    assert _state(tmp_path) == before


def test_a_text_is_written_whether_or_not_its_file_exists(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "text.yml"
    write_text(file, "é: 1\n")
    file.chmod(0o640)
    write_text(file, "é: 2\n")
    assert file.read_bytes() == "é: 2\n".encode()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert list(file.parent.iterdir()) == [file]


def test_a_new_text_replaces_nothing(tmp_path: Path) -> None:
    file = tmp_path / "text.yml"
    file.write_bytes(b"theirs")
    with pytest.raises(HandbookError, match="already"):
        write_new_text(file, "ours")
    assert file.read_bytes() == b"theirs"


def test_a_text_that_replaces_another_keeps_a_link_to_it(tmp_path: Path) -> None:
    real, link = tmp_path / "real.yml", tmp_path / "link.yml"
    real.write_bytes(b"before")
    link.symlink_to(real)
    replace_file(link, "after")
    assert link.is_symlink()
    assert real.read_bytes() == b"after"


def test_a_text_in_a_folder_that_cannot_be_written_to_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for write in (write_text, write_new_text, replace_file):
        with pytest.raises(HandbookError, match="cannot be written"):
            write(tmp_path / "file" / "text.yml", "text")


def test_a_file_is_removed_only_if_it_holds_what_was_read(tmp_path: Path) -> None:
    (tmp_path / "old.md").write_bytes(b"theirs")
    changes = [FileWrite(tmp_path / "new.md", b"text"), FileWrite(tmp_path / "old.md", None, b"text")]
    with pytest.raises(ChangedMeanwhile):
        write_together(changes)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"old.md": b"theirs"}
