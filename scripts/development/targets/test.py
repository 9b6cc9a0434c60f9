"""`handbook develop test`: runs every test, browser tests included."""

import click

from scripts.development.targets.steps import PYTHON, need_browser, run_steps
from scripts.options import exits_with_status


@click.command(
    name="test",
    context_settings={"ignore_unknown_options": True},
    epilog="Exit status: that of pytest, or 2 if there is no browser.",
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[TEST OR OPTION OF PYTEST]...")
@exits_with_status
def command(arguments: tuple[str, ...]) -> int:
    """Run every test, browser tests included, or only those that you name.

    It uses the Chromium or Chrome that is there, and installs one where it can.
    """
    need_browser()
    # In the order of tests/conftest.py, which begins with the slowest modules.
    spread = ("--numprocesses=auto", "--dist=loadfile", "--no-loadscope-reorder")
    # Hundreds of processes load the same modules, so these are compiled once.
    settings = {"PYTHONDONTWRITEBYTECODE": ""}
    return run_steps([PYTHON, "-m", "pytest", *spread, *arguments], settings=settings)
