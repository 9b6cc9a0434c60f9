"""Runs programs one after the other in the folder of the handbook, until one fails."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from handbook.errors import HandbookError
from scripts.setup import chromium
from scripts.setup.bootstrap import ROOT, advise_setup

PYTHON: Final = sys.executable
BUILD: Final = ROOT / "build"


def run_steps(*steps: Sequence[str | Path], settings: Mapping[str, str] | None = None) -> int:
    """Run each step; return the exit status of the first that fails, or 0.

    `settings` are further variables of the environment.
    """
    advise_setup()
    environment = {**os.environ, **(settings or {})}
    for step in steps:
        if status := subprocess.run(step, cwd=ROOT, env=environment, check=False).returncode:
            return status
    return 0


def need_browser() -> None:
    """Make sure that there is a browser.

    Raises:
        HandbookError: if there is none, and none can be installed.

    """
    if not chromium.find_browser() and chromium.main():
        raise HandbookError("nothing was run, because it needs a browser")


def installed(name: str, requirements: Path) -> Path:
    """Return the folder below `build/` with packages that one command needs; install them if they are old.

    Raises:
        HandbookError: if they cannot be installed.

    """
    target = BUILD / name
    if target.is_dir() and target.stat().st_mtime >= requirements.stat().st_mtime:
        return target
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--quiet", "install", "--upgrade"]
    only_locked = [
        "--no-deps",
        "--only-binary",
        ":all:",
        "--require-hashes",
        "--requirement",
        str(requirements),
    ]
    if run_steps([*pip, "--target", str(target), *only_locked]):
        raise HandbookError(f"build/{name} could not be made; is the network there? Then run this again")
    target.touch()
    return target


def required_program(name: str, advice: str) -> str:
    """Return the path of a program.

    Raises:
        HandbookError: if it is not there.

    """
    program = shutil.which(name)
    if program is None:
        raise HandbookError(f"{name} is not installed; {advice}")
    return program
