"""What training packages are tried in, in `build/training`: `scorm-again` and the schemas of the manifest.

Run as a script, it only installs them, for `.ci/run`; where they cannot be had, it says so, with status 2.
"""

import sys
from pathlib import Path
from typing import Final

from handbook.errors import HandbookError
from scripts.setup.bootstrap import fail
from scripts.setup.extra_packages import BUILD, Node

FOLDER: Final = BUILD / "training"
_LOCKS: Final = Path(__file__).parent


def install_packages() -> None:
    """Install the packages if they are missing or old.

    Raises:
        HandbookError: if they cannot be installed.

    """
    Node.installed().install(_LOCKS, FOLDER)


def main() -> int:
    """Install the packages; return the exit status."""
    try:
        install_packages()
    except HandbookError as error:
        return fail(f"training packages were not tried; every other test is in `make test`: {error}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
