"""Each command of scripts/ runs by its path, from wherever the person stands."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

COMMANDS = [file for file in sorted((ROOT / "scripts").glob("*.py")) if "__main__" in file.read_text("utf-8")]


@pytest.mark.parametrize("file", COMMANDS, ids=lambda file: file.name)
def test_a_command_runs_by_its_path_from_another_folder(file: Path, tmp_path: Path) -> None:
    arguments = [sys.executable, str(file), "--help"]
    done = subprocess.run(
        arguments, cwd=tmp_path, env=_outside(), capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", ["check.py", "serve.py", "bench.py"])
def test_the_help_of_a_command_names_its_options(name: str, tmp_path: Path) -> None:
    arguments = [sys.executable, str(ROOT / "scripts" / name), "--help"]
    done = subprocess.run(arguments, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.startswith(f"Usage: {name} ")
    assert "Options:" in done.stdout


def _outside() -> dict[str, str]:
    """Return the environment without what would lead Python to the repository."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
