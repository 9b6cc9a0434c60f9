"""`handbook develop test-deploy`: runs nginx and Apache with the configurations in `deploy/`."""

import click

from scripts.development.targets.steps import PYTHON, need_test_browser, run_steps
from scripts.options import exits_with_status
from scripts.setup import servers


@click.command(
    name="test-deploy", epilog="Exit status: that of pytest, or 2 if there is no browser or no server."
)
@exits_with_status
def command() -> int:
    """Run the tests of the web servers, with nginx and Apache from the packages of Debian."""
    need_test_browser()
    spread = ("--numprocesses=auto", "--dist=loadgroup")
    return servers.main() or run_steps([PYTHON, "-m", "pytest", "-m", "deploy", *spread, "tests/deploy"])
