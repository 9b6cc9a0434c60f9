"""Judges what GitHub and GitLab run: workflows, their parts, and the updates of dependencies; in `make lint`.

Each program is offline and comes with `.venv`.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from handbook.errors import HandbookError
from handbook.text.counting import counted
from scripts.options import EPILOG, exits_with_status, root_option
from scripts.setup.bootstrap import setup_command


@dataclass(frozen=True, slots=True)
class Judge:
    """A program with its arguments, and the files that it is given, by patterns."""

    command: tuple[str, ...]
    patterns: tuple[str, ...]


def _schema(name: str, *patterns: str) -> Judge:
    return Judge(("check-jsonschema", "--builtin-schema", f"vendor.{name}"), patterns)


_WORKFLOWS: Final = ".github/workflows/*.yml"
_GITLAB: Final = (".gitlab-ci.yml", ".gitlab/ci/*.yml")
_OF_GITLAB: Final = ("--data-transform", "gitlab-ci", "--builtin-schema", "vendor.gitlab-ci")
JUDGES: Final[tuple[Judge, ...]] = (
    Judge(
        (
            "zizmor",
            "--offline",
            "--quiet",
            "--strict-collection",
            "--persona",
            "pedantic",
            "--color",
            "never",
        ),
        (_WORKFLOWS, ".github/dependabot.yml"),
    ),
    # Shellcheck and pyflakes are found where they happen to be installed; without them, all get the same.
    Judge(("actionlint", "-no-color", "-shellcheck=", "-pyflakes="), (_WORKFLOWS,)),
    _schema("github-workflows", _WORKFLOWS),
    _schema("dependabot", ".github/dependabot.yml"),
    _schema("github-issue-config", ".github/ISSUE_TEMPLATE/config.yml"),
    _schema("renovate", "renovate.json"),
    Judge(("check-jsonschema", *_OF_GITLAB), _GITLAB),
)


@click.command(name="workflows", epilog=EPILOG)
@root_option
@exits_with_status
def command(root: Path) -> int:
    """Judge the workflows for GitHub and GitLab: syntax, permissions, fixed actions, and injections."""
    named = [(judge, list(_files(root, judge.patterns))) for judge in JUDGES]
    outcomes = [_finds(root, judge, files) for judge, files in named if files]
    total = {file for _, files in named for file in files}
    outcome = "something" if any(outcomes) else "nothing"
    print(f"{counted(len(total), 'file')} for GitHub and GitLab read; {outcome} found", file=sys.stderr)
    return int(any(outcomes))


def _files(root: Path, patterns: Sequence[str]) -> Iterator[str]:
    """Yield the files of a handbook that a judge is given; an organization may have deleted them."""
    for pattern in patterns:
        yield from (file.relative_to(root).as_posix() for file in sorted(root.glob(pattern)))


def _finds(root: Path, judge: Judge, files: Sequence[str]) -> bool:
    """Run a judge, print what it says if it finds something, and tell whether it did.

    Raises:
        HandbookError: if it is not installed.

    """
    program, *arguments = judge.command
    path = shutil.which(program, path=str(Path(sys.executable).parent))
    if path is None:
        raise HandbookError(f"{program} is missing from this environment; run `{setup_command()}`")
    done = subprocess.run([path, *arguments, *files], cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{program}:\n{done.stdout}{done.stderr}".rstrip())
    return bool(done.returncode)


if __name__ == "__main__":
    sys.exit(command())
