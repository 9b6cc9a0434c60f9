"""`handbook develop screenshots`: takes the pictures in README.md, as of the last commit."""

import click

from handbook.git.repository import Repository
from scripts.development.targets.steps import PYTHON, need_browser, run_steps
from scripts.options import exits_with_status
from scripts.setup.bootstrap import ROOT


@click.command(name="screenshots", epilog="Exit status: 0, or 2 if something is missing.")
@exits_with_status
def command() -> int:
    """Take the pictures in README.md from the site in site/, as of the last commit."""
    need_browser()
    with Repository(ROOT) as repository:
        day = repository.ask("log", "-1", "--format=%ct").strip()
    return run_steps([PYTHON, "scripts/development/screenshots.py"], settings={"SOURCE_DATE_EPOCH": day})
