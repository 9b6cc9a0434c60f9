"""The time of a commit."""

from handbook.clock import time_of_commit
from handbook.git.repository import Repository


def seconds_of(repository: Repository, commit: str) -> int:
    """Return the time of a commit, in seconds since 1970, as its committer's clock had it."""
    return time_of_commit(commit, repository.ask("show", "--no-patch", "--format=%ct", commit))
