"""What a build says if the system refuses to write the site."""

import errno

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


@pytest.mark.parametrize(
    "error", [ValueError("docs"), FileNotFoundError(errno.ENOENT, "No such file", "docs")]
)
def test_any_other_error_is_left_to_mkdocs(error: Exception) -> None:
    on_build_error(error)
