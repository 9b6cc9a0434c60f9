"""Files that have a name, but not their content."""

from typing import BinaryIO, Final

# Source: the specification of Git LFS, which writes this in place of a file until the file is downloaded.
_POINTER: Final = b"version https://git-lfs.github.com/spec/v1\n"
_PULL: Final = "run `git lfs pull`, and have the job that checks and builds the handbook run it, too"


def missing_content(stream: BinaryIO) -> str | None:
    """Say why a file has no content and what to do, to be read after its name; None if it has any."""
    stream.seek(0)
    beginning = stream.read(len(_POINTER))
    if not beginning:
        return "is empty; get it from its source again"
    return f"is only a pointer to Git LFS; {_PULL}" if beginning == _POINTER else None
