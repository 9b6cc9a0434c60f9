"""Files appear whole or not at all, and never in place of another."""

from pathlib import Path
from typing import BinaryIO

import pytest

from handbook.writing import write_new


def _accept(_file: BinaryIO) -> None:
    """Find nothing wrong."""


@pytest.fixture(params=["links", "no-links"])
def target(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for a file, on a disk that knows links and on one that does not."""

    def refuse(*_paths: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    if request.param == "no-links":
        monkeypatch.setattr(Path, "hardlink_to", refuse)
    return tmp_path / "copy.jpg"


def test_a_file_is_written(target: Path) -> None:
    write_new(target, [b"one ", b"two"], _accept)
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
