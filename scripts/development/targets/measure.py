"""`handbook develop measure`: measures the pages of the built site, with Lighthouse."""

import click

from scripts.development.targets.steps import PYTHON, need_browser, run_steps
from scripts.options import exits_with_status
from scripts.setup.extra_packages import Node


@click.command(name="measure", epilog="Exit status: 0, 1 if a limit is exceeded, 2 if something is missing.")
@click.argument("pages", nargs=-1, metavar="[PAGE]...")
@exits_with_status
def command(pages: tuple[str, ...]) -> int:
    """Measure each page of the site in site/, or those that you name, such as policy/work/."""
    Node.installed()
    need_browser()
    return run_steps([PYTHON, "scripts/development/measure/command.py", "--", *pages])
