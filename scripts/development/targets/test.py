"""`handbook develop test`: runs every test, browser tests included."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import click

from scripts.development.targets.steps import PYTHON, need_test_browser, run_steps
from scripts.options import exits_with_status

# The memory that Linux offers as a folder. Tests write thousands of small files, which costs there a quarter.
_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
_NEEDED: Final = 2 * 1024**3


@click.command(
    name="test",
    context_settings={"ignore_unknown_options": True},
    epilog="Exit status: that of pytest, or 2 if there is no browser.",
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[TEST OR OPTION OF PYTEST]...")
@exits_with_status
def command(arguments: tuple[str, ...]) -> int:
    """Run every test, browser tests included, or only those that you name.

    It uses the Chromium or Chrome that is there, and installs one where it can. Where Debian has a Chromium
    without windows, it fetches that into .cache/, because a page opens there in half the time. What the tests
    write may be in memory, and is gone once they have ended. To look at what a failed test wrote, run that
    test by `.venv/bin/python -m pytest`.
    """
    need_test_browser()
    # In the order of tests/conftest.py, which begins with the slowest modules.
    spread = ("--numprocesses=auto", "--dist=loadfile", "--no-loadscope-reorder")
    with _settings() as settings:
        return run_steps([PYTHON, "-m", "pytest", *spread, *arguments], settings=settings)


@contextmanager
def _settings() -> Iterator[dict[str, str]]:
    """Yield the settings of the environment; what tests write is in memory where there is enough of it."""
    # Hundreds of processes load the same modules, so these are compiled once.
    settings = {"PYTHONDONTWRITEBYTECODE": ""}
    if not _has_room_in_memory():
        yield settings
        return
    with TemporaryDirectory(prefix="handbook-tests-", dir=_MEMORY, ignore_cleanup_errors=True) as folder:
        yield {**settings, "TMPDIR": folder}


def _has_room_in_memory() -> bool:
    """Tell whether files in memory have room, and may be run as programs, which some tests write."""
    if not _MEMORY.is_dir():
        return False
    state = os.statvfs(_MEMORY)
    return state.f_bavail * state.f_frsize >= _NEEDED and not state.f_flag & os.ST_NOEXEC
