"""Finds the libraries that a commit asks for: those installed here, or an environment from its lock file."""

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
from scripts.setup.bootstrap import python_in, setup_command

LOCK: Final = "requirements.txt"
_CACHE: Final = ".cache"
# What is installed is what was hashed, and none of it runs while it is installed.
_ONLY_LOCKED: Final = ("--require-hashes", "--only-binary", ":all:")


def refuse_other_libraries(folder: Path) -> None:
    """Refuse to publish if the installed libraries are not those that the checkout asks for.

    Raises:
        HandbookError: if one differs, with the first.

    """
    for difference in _differences(_lock_of(folder)):
        raise HandbookError(
            f"{LOCK} of that commit {difference}; run `{setup_command()}`, then run this again"
        )


def python_for(folder: Path, root: Path) -> str:
    """Return a Python with the libraries that the lock file of a checkout names.

    That is the running one, if it has them. Otherwise an environment is made in `root`, once for each lock
    file, and complete or not at all.

    Raises:
        HandbookError: if it cannot be made, for example without a network.

    """
    lock = _lock_of(folder)
    if not any(_differences(lock)):
        return sys.executable
    home = root / _CACHE / "environments"
    environment = home / sha256(lock.encode())
    if not environment.is_dir():
        home.mkdir(parents=True, exist_ok=True)
        (root / _CACHE / ".gitignore").write_text("*\n", encoding="utf-8")
        _make(environment, folder / LOCK)
    return str(python_in(environment))


def _lock_of(folder: Path) -> str:
    """Return the lock file of a checkout; a checkout without one asks for nothing."""
    lock = folder / LOCK
    return lock.read_text(encoding="utf-8") if lock.is_file() else ""


def _differences(lock: str) -> Iterator[str]:
    """Yield what the lock file asks for but is not installed."""
    for line in lock.replace("\\\n", " ").splitlines():
        text = line.partition(" --hash")[0].strip()
        if not text or text.startswith("#"):
            continue
        try:
            requirement = Requirement(text)
        except InvalidRequirement:
            yield f"has the line '{text}', which names no library"
            continue
        if requirement.marker is None or requirement.marker.evaluate():
            yield from _difference(requirement)


def _difference(requirement: Requirement) -> Iterator[str]:
    asks = f"asks for {requirement.name} {str(requirement.specifier).removeprefix('==')}"
    try:
        installed = version(requirement.name)
    except PackageNotFoundError:
        yield f"{asks}, which is not installed"
        return
    if not requirement.specifier.contains(installed, prereleases=True):
        yield f"{asks}, and {installed} is installed"


def _make(environment: Path, lock: Path) -> None:
    """Make an environment beside its place, and move it there when it is complete."""
    if sys.stderr.isatty():
        click.echo("setting up the libraries of that commit (once; about a minute)", err=True)
    draft = Path(mkdtemp(dir=environment.parent))
    pip = [str(python_in(draft)), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    steps = (
        [sys.executable, "-m", "venv", str(draft)],
        [*pip, "--no-input", "--no-deps", *_ONLY_LOCKED, "--requirement", str(lock)],
    )
    try:
        for step in steps:
            done = subprocess.run(step, capture_output=True, text=True, check=False)
            if done.returncode:
                raise HandbookError(_why_not(done.stdout + done.stderr))
        if not environment.exists():  # Another process may have been quicker.
            draft.rename(environment)
    finally:
        rmtree(draft, ignore_errors=True)


def _why_not(words: str) -> str:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    last = lines[-1] if lines else "no reason given"
    reason = next((line for line in lines if line.startswith("ERROR: ")), last).removeprefix("ERROR: ")
    return (
        f"the libraries that the edition was built with cannot be installed ({reason});"
        " run this again where their package index can be reached, or without --rebuild"
    )
