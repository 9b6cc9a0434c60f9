"""`handbook develop lint`: judges the code, the English texts, and the workflows."""

from typing import Final

import click

from scripts.development.targets.steps import PYTHON, run_steps
from scripts.options import exits_with_status

_STEPS: Final = (
    (PYTHON, "-m", "ruff", "check", "."),
    (PYTHON, "-m", "ruff", "format", "--check", "."),
    (PYTHON, "-m", "mypy"),
    (PYTHON, "scripts/development/prose_lint.py"),
    (PYTHON, "scripts/development/workflow_lint.py"),
)


@click.command(name="lint", epilog="Exit status: that of the first program that finds something.")
@exits_with_status
def command() -> int:
    """Check the code with ruff and mypy, the English texts with typos and proselint, and the workflows."""
    return run_steps(*_STEPS)
