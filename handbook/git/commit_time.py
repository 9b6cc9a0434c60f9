"""The time of a commit."""

from handbook.git.repository import Repository


def seconds_of(repository: Repository, commit: str) -> int:
    """Return when a commit was made, in seconds since 1970."""
    return int(repository.ask("show", "--no-patch", "--format=%ct", commit))
