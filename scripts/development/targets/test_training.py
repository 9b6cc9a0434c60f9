"""`handbook develop test-training`: tries training packages in a run-time of SCORM that others wrote."""

import click

from scripts.development.targets.steps import PYTHON, need_test_browser, run_steps
from scripts.development.training_runtime.packages import install_packages
from scripts.options import exits_with_status


@click.command(
    name="test-training", epilog="Exit status: that of pytest, or 2 if there is no browser or no run-time."
)
@exits_with_status
def command() -> int:
    """Run the tests of training packages, with scorm-again and the published schemas by npm."""
    need_test_browser()
    install_packages()
    return run_steps([PYTHON, "-m", "pytest", "-m", "training", "tests/training"])
