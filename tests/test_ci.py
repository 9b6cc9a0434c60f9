"""What CI runs: the web servers are tried where they can be had, and nothing else depends on them."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

OTHERS = ["test", "lint", "build", "check"]


def _run(folder: Path, servers: int) -> tuple[int, list[str]]:
    """Run CI with programs that only note their call; return its status and what `make` was asked."""
    programs = {
        "bin/make": f'echo "$1" >> {folder}/asked',
        "bin/git": "echo 1",
        ".venv/bin/python": f"exit {servers}",
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
    ("servers", "status", "asked"),
    [
        (0, 0, ["test", "lint", "test-deploy", "build", "check"]),
        (2, 0, OTHERS),
        (1, 1, ["test", "lint"]),
    ],
)
def test_the_web_servers_are_tried_where_they_can_be_had(
    tmp_path: Path, servers: int, status: int, asked: list[str]
) -> None:
    assert _run(tmp_path, servers) == (status, asked)
