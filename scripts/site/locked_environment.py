"""The libraries that a commit was built with: those that run, or an environment from its lock file."""

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Final

import click
from packaging.requirements import InvalidRequirement, Requirement

from handbook.content.fingerprints import sha256
from handbook.errors import HandbookError

LOCK: Final = "requirements.txt"
_CACHE: Final = ".cache"


def refuse_other_libraries(folder: Path) -> None:
    """Let nobody publish what is built with other libraries than the checkout asks for.

    Raises:
        HandbookError: with the first that differs.

    """
    for difference in _differences(_lock_of(folder)):
        raise HandbookError(f"{LOCK} of that commit {difference}; run `make setup`, then this again")


def python_for(folder: Path, root: Path) -> str:
    """Return a Python that has what the lock file of a checkout names: the one that runs, if it has.

    Otherwise an environment is made below `root`, once for each lock file, whole or not at all.

    Raises:
        HandbookError: when it cannot be made, for example without a network.

    """
    lock = _lock_of(folder)
    if not any(_differences(lock)):
        return sys.executable
    home = root / _CACHE / "environments"
    made = home / sha256(lock.encode())
    if not made.is_dir():
        home.mkdir(parents=True, exist_ok=True)
        (root / _CACHE / ".gitignore").write_text("*\n", encoding="utf-8")
        _make(made, folder / LOCK)
    return str(_python(made))


def _lock_of(folder: Path) -> str:
    """Return the lock file of a checkout; one without it asks for nothing."""
    lock = folder / LOCK
    return lock.read_text(encoding="utf-8") if lock.is_file() else ""


def _differences(lock: str) -> Iterator[str]:
    """Yield what the lock file asks for and is not installed."""
    for line in lock.replace("\\\n", " ").splitlines():
        asked = line.partition(" --hash")[0].strip()
        if not asked or asked.startswith("#"):
            continue
        try:
            wanted = Requirement(asked)
        except InvalidRequirement:
            yield f"has the line '{asked}', which names no library"
            continue
        if wanted.marker is None or wanted.marker.evaluate():
            yield from _difference(wanted)


def _difference(wanted: Requirement) -> Iterator[str]:
    asks = f"asks for {wanted.name} {str(wanted.specifier).removeprefix('==')}"
    try:
        installed = version(wanted.name)
    except PackageNotFoundError:
        yield f"{asks}, which is not installed"
        return
    if not wanted.specifier.contains(installed, prereleases=True):
        yield f"{asks}, and {installed} is installed"


def _make(made: Path, lock: Path) -> None:
    """Make an environment, and give it its name when it is whole."""
    if sys.stderr.isatty():
        click.echo("setting up the libraries of that commit (once; about a minute)", err=True)
    draft = Path(mkdtemp(dir=made.parent))
    pip = [str(_python(draft)), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    steps = (
        [sys.executable, "-m", "venv", str(draft)],
        [*pip, "--no-input", "--no-deps", "--require-hashes", "--requirement", str(lock)],
    )
    try:
        for step in steps:
            done = subprocess.run(step, capture_output=True, text=True, check=False)
            if done.returncode:
                raise HandbookError(_why_not(done.stdout + done.stderr))
        if not made.exists():  # Somebody else may have been quicker.
            draft.rename(made)
    finally:
        rmtree(draft, ignore_errors=True)


def _why_not(words: str) -> str:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    told = next((line for line in lines if line.startswith("ERROR: ")), lines[-1] if lines else "no reason")
    return (
        f"the libraries that the edition was built with cannot be installed ({told.removeprefix('ERROR: ')});"
        " run this again where their package index can be reached, or without --rebuild"
    )


def _python(environment: Path) -> Path:
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
