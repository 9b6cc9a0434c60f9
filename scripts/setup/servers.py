"""Fetches nginx, Apache, and what they need from Debian into `.cache/`, for `handbook develop test-deploy`.

Nothing is installed: the packages are unpacked into a folder, and the tests run them from there.
"""

import sys
from typing import Final

from scripts.setup.bootstrap import ROOT, fail, say
from scripts.setup.debian import CannotFetch, unpack, with_missing

PACKAGES: Final = ("nginx", "nginx-common", "apache2-bin", "libapache2-mod-auth-openidc", "wrk")
FOLDER: Final = ROOT / ".cache" / "servers"
NO_PACKAGES: Final = (
    "the tests of the web servers need apt-get and the packages of Debian or Ubuntu, and {}. "
    "They were not run; every other test is in `make test`"
)


def main() -> int:
    """Bring the servers into `.cache/`; return the exit status, which is 2 if they cannot be had."""
    try:
        if not (FOLDER / "usr").is_dir():
            packages = with_missing(PACKAGES)
            say("fetching nginx, Apache, and wrk from Debian into .cache/ (once)")
            unpack(packages, FOLDER)
    except CannotFetch as error:
        return fail(NO_PACKAGES.format(error))
    return 0


if __name__ == "__main__":
    sys.exit(main())
