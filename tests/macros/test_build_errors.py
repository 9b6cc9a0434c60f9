"""What a build says if the system refuses to read a file or to write the site."""

import errno
import os
from pathlib import Path

import pytest
from mkdocs.exceptions import BuildError

from macros.hooks import on_build_error

FULL = OSError(errno.ENOSPC, "No space left on device")
FOREIGN = PermissionError(errno.EACCES, "Permission denied", "site/index.html")
COPY = OSError(errno.ENOSPC, "No space left on device", "docs/start.png", None, "site/start.png")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (FULL, r"^the site cannot be written \(No space left on device\); free space"),
        (FOREIGN, r"^site/index\.html cannot be written \(Permission denied\); check the permissions"),
        (COPY, r"^site/start\.png cannot be written"),
    ],
)
def test_a_site_that_cannot_be_written_is_a_sentence(error: OSError, sentence: str) -> None:
    with pytest.raises(BuildError, match=sentence):
        on_build_error(error)


def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = tmp_path / "start.png"
    picture.touch()
    monkeypatch.setattr("os.access", lambda path, mode: path == str(picture) and mode == os.F_OK)
    with pytest.raises(BuildError, match=r"start\.png cannot be read \(Permission denied\); check its perm"):
        on_build_error(PermissionError(errno.EACCES, "Permission denied", str(picture)))


@pytest.mark.parametrize(
    "error", [ValueError("docs"), FileNotFoundError(errno.ENOENT, "No such file", "docs")]
)
def test_any_other_error_is_left_to_mkdocs(error: Exception) -> None:
    on_build_error(error)
