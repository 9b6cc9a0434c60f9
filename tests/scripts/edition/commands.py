"""What the tests of editions do: run a command, read what it says, and change what is published."""

import json
from collections.abc import Callable
from typing import Any

from click.testing import CliRunner, Result

from scripts.cli import main
from tests.scripts.conftest import Git


def edition(git: Git, command: str, *arguments: str) -> Result:
    """Run a command about editions."""
    options = ["edition", command, "--root", str(git.root), *arguments]
    return CliRunner().invoke(main, options, catch_exceptions=False)


def data(git: Git, command: str, *arguments: str) -> dict[str, Any]:
    """Return what a command says to programs."""
    answer: dict[str, Any] = json.loads(edition(git, command, "--format", "json", *arguments).stdout)
    return answer


def change_site(git: Git, path: str, change: Callable[[bytes], bytes]) -> None:
    """Change a file on the branch of editions, as somebody could who may write there."""
    git("switch", "--quiet", "gh-pages")
    file = git.root / path
    file.write_bytes(change(file.read_bytes()))
    git.commit(message="Improve")
    git("switch", "--quiet", "main")
