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


def need_test_browser() -> None:
    """Make sure that there is a browser, if possible the one with which the tests take less time.

    Raises:
        HandbookError: if there is none, and none can be installed.

    """
    need_browser()
    chromium.fetch_headless_browser()


def required_program(name: str, advice: str) -> str:
    """Return the path of a program.

    Raises:
        HandbookError: if it is not there.

    """
    program = shutil.which(name)
    if program is None:
        raise HandbookError(f"{name} is not installed; {advice}")
    return program
