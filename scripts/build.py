"""`handbook build`: builds the site into `site/`; any warning stops it."""

import os
import subprocess
import sys
from pathlib import Path

import click

from scripts.options import exits_with_status, require_handbook, root_option
from scripts.setup.bootstrap import advise_setup
from scripts.site.build import BUILDER, builder_module


@click.command(
    name="build", epilog="Exit status: 0, 1 if something stopped the build, 2 if it could not begin."
)
@root_option
@exits_with_status
def command(root: Path) -> int:
    """Build the site into site/; any warning stops the build.

    The environment variable HANDBOOK_BUILDER chooses properdocs, the maintained fork of MkDocs.
    """
    advise_setup()
    require_handbook(root)
    module = builder_module(os.environ.get(BUILDER, ""))
    environment = {"NO_MKDOCS_2_WARNING": "1", **os.environ}
    build = [sys.executable, "-m", module, "build", "--strict"]
    return subprocess.run(build, cwd=root, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(command())
