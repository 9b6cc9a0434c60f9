"""A handbook under git, with commits of chosen days."""

import datetime
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest


class Git:
    """A real repository; each commit is made at noon UTC of a day, or at a given moment."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self("init", "--quiet", "--initial-branch", "main")

    def __call__(self, *arguments: str, day: str = "2026-11-01") -> str:
        moment = day if "T" in day else f"{day}T12:00:00+00:00"
        seconds = int(datetime.datetime.fromisoformat(moment).timestamp())
        environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        environment |= {
            "GIT_AUTHOR_DATE": f"{seconds} +0000",
            "GIT_COMMITTER_DATE": f"{seconds} +0000",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
        }
        who = ("-c", "user.name=Communications lead", "-c", "user.email=social@example.org")
        command = ["git", *who, "-c", "protocol.file.allow=always", *arguments]
        return subprocess.run(
            command, cwd=self.root, env=environment, capture_output=True, text=True, check=True
        ).stdout

    def commit(self, day: str = "2026-11-01", message: str = "Change the handbook") -> str:
        """Commit everything as it lies there; return the commit's name."""
        self("add", "--all")
        self("commit", "--quiet", "--allow-empty", "--message", message, day=day)
        return self("rev-parse", "HEAD").strip()


@pytest.fixture
def git(folder: Path) -> Git:
    """The two-page handbook of `folder`, committed on 1 November 2026."""
    repository = Git(folder)
    repository.commit()
    return repository


@pytest.fixture
def clone(git: Git, tmp_path: Path) -> Callable[..., Git]:
    """Clone the repository, with options such as `--depth=1`."""

    def make(*options: str) -> Git:
        target = tmp_path / "clone"
        git("clone", "--quiet", *options, git.root.as_uri(), str(target))
        return Git(target)

    return make
