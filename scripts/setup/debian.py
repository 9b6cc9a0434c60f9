"""Unpacks packages of Debian into a folder of the handbook; nothing is installed."""

import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

# Without a network, these fail in seconds, not minutes.
_IMPATIENT: Final = (
    "-o",
    "Acquire::Retries=0",
    "-o",
    "Acquire::http::Timeout=20",
    "-o",
    "Acquire::https::Timeout=20",
)
_SECONDS: Final = 180


class CannotFetch(Exception):
    """The packages cannot be had here; the message says why."""


def unpack(packages: Iterable[str], folder: Path) -> None:
    """Fetch packages of Debian and unpack them into a folder, whole or not at all.

    Raises:
        CannotFetch: if one of them cannot be had.

    """
    for program in ("apt-get", "dpkg-deb"):
        if not shutil.which(program):
            raise CannotFetch(f"{program} is not here")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder.parent) as name:
            draft = Path(name, "unpacked")
            draft.mkdir()
            _run(["apt-get", *_IMPATIENT, "download", *sorted(packages)], draft)
            for package in sorted(draft.glob("*.deb")):
                _run(["dpkg-deb", "--extract", package.name, "."], draft)
                package.unlink()
            shutil.rmtree(folder, ignore_errors=True)
            draft.rename(folder)
    except OSError as error:
        raise CannotFetch(f"{folder.parent} cannot be written ({error.strerror})") from None


def with_missing(packages: Sequence[str]) -> set[str]:
    """Return packages with those that they need and this computer lacks.

    Raises:
        CannotFetch: if apt does not know one of them.

    """
    if not shutil.which("apt-get"):
        raise CannotFetch("apt-get is not here")
    simulation = _run(["apt-get", "--simulate", "--no-install-recommends", "install", *packages])
    missing = (line.split()[1] for line in simulation.splitlines() if line.startswith("Inst "))
    return {*packages, *missing}


def _run(command: Sequence[str], folder: Path | None = None) -> str:
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
