"""What CI runs: servers, the editor, and training packages are tried where they can be had, and only they."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

OTHERS = ["test", "lint", "build", "check"]


def _run(folder: Path, exit_code: int) -> tuple[int, list[str]]:
    """Run CI with programs that only note their call; return its status and what `make` was asked."""
    programs = {
        "bin/make": f'echo "$1" >> {folder}/asked',
        "bin/git": "echo 1",
        ".venv/bin/python": f"exit {exit_code}",
    }
    for name, line in programs.items():
        program = folder / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(f"#!/bin/sh\n{line}\n")
        program.chmod(0o755)
    (folder / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", folder / ".ci")
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run([folder / ".ci" / "run"], env={"PATH": path}, check=False)
    return done.returncode, (folder / "asked").read_text().split()


@pytest.mark.parametrize(
    ("exit_code", "status", "asked"),
    [
        (0, 0, ["test", "lint", "test-deploy", "test-editor", "test-training", "build", "check"]),
        (2, 0, OTHERS),
        (1, 1, ["test", "lint"]),
    ],
)
def test_servers_the_editor_and_packages_are_tried_where_they_can_be_had(
    tmp_path: Path, exit_code: int, status: int, asked: list[str]
) -> None:
    assert _run(tmp_path, exit_code) == (status, asked)
