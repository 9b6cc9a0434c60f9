"""`handbook develop test-editor`: runs the tests of the editor under `/edit/`, in a browser."""

import click

from scripts.development.targets.steps import PYTHON, need_test_browser, run_steps
from scripts.edit.packages import installed_packages
from scripts.options import exits_with_status


@click.command(
    name="test-editor", epilog="Exit status: that of pytest, or 2 if there is no browser or no editor."
)
@exits_with_status
def command() -> int:
    """Run the tests of the editor, with Sveltia CMS by npm."""
    need_test_browser()
    installed_packages()
    spread = ("--numprocesses=auto", "--dist=load")
    return run_steps([PYTHON, "-m", "pytest", "-m", "editor", *spread, "tests/editor"])
