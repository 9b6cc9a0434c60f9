"""Fetches nginx, Apache, and what they need from Debian into `.cache/`, for `handbook develop test-deploy`.

Nothing is installed: the packages are unpacked into a folder, and the tests run them from there.
"""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from scripts.setup.bootstrap import ROOT, fail, say

PACKAGES: Final = ("nginx", "nginx-common", "apache2-bin", "libapache2-mod-auth-openidc", "wrk")
FOLDER: Final = ROOT / ".cache" / "servers"
# Where there is no network, a reader hears of it at once.
_IMPATIENT: Final = (
    "-o",
    "Acquire::Retries=0",
    "-o",
    "Acquire::http::Timeout=20",
    "-o",
    "Acquire::https::Timeout=20",
)
_SECONDS: Final = 180
NO_PACKAGES: Final = (
    "the tests of the web servers need apt-get and the packages of Debian or Ubuntu, and {}. "
    "They were not run; every other test is in `make test`"
)


class CannotFetch(Exception):
    """The packages cannot be had here; the message says why."""


def main() -> int:
    """Bring the servers into `.cache/`; return the exit status, which is 2 if they cannot be had."""
    try:
        if not (FOLDER / "usr").is_dir():
            _fetch(FOLDER)
    except CannotFetch as error:
        return fail(NO_PACKAGES.format(error))
    return 0


def _fetch(folder: Path) -> None:
    """Unpack the packages, and those they need that this computer lacks, whole or not at all."""
    for program in ("apt-get", "dpkg-deb"):
        if not shutil.which(program):
            raise CannotFetch(f"{program} is not here")
    say("fetching nginx, Apache, and wrk from Debian into .cache/ (once)")
    draft = folder.with_suffix(".draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    _run(["apt-get", *_IMPATIENT, "download", *sorted({*PACKAGES, *_missing()})], draft)
    for package in sorted(draft.glob("*.deb")):
        _run(["dpkg-deb", "--extract", package.name, "."], draft)
        package.unlink()
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)


def _missing() -> set[str]:
    """Return the packages that an installation would bring; nothing is installed."""
    simulation = _run(["apt-get", "--simulate", "--no-install-recommends", "install", *PACKAGES], ROOT)
    return {line.split()[1] for line in simulation.splitlines() if line.startswith("Inst ")}


def _run(command: Sequence[str], folder: Path) -> str:
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, check=False, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise CannotFetch(f"{command[0]} did not end within {_SECONDS} seconds") from None
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or [f"{command[0]} failed"])[-1]
        raise CannotFetch(f"apt said: {reason.removeprefix('E: ')}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
