"""Makes the virtual environment `.venv` from the hashed lock file; does nothing when nothing changed.

Runs on the machine's own Python before anything is installed, so it uses the standard library alone
and no syntax newer than Python 3.8: an old Python gets a sentence, not a syntax error.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path, PurePath
from typing import TypeVar

AnyPath = TypeVar("AnyPath", bound=PurePath)
ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
SCRIPT = "scripts/setup/bootstrap.py"
INPUTS = ("requirements.txt", "pyproject.toml", SCRIPT)
STAMP = "handbook-setup.txt"
OLDEST = (3, 11)


def main() -> int:
    """Bring `.venv` up to date; return the exit status."""
    if sys.version_info < OLDEST:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        return fail(f"Python 3.11 or newer is needed; this is {version}. Name another: {another_python()}")
    stamp, state = VENV / STAMP, fingerprint()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == state and venv_python().exists():
        return 0
    if is_own_python():
        return fail(
            f"this Python is that of {VENV.name}, which has to be made anew; type `deactivate`, and run the"
            f" same again, or run {setup_command()} in a new terminal"
        )
    if not can_make_environments():
        install_debian_package(venv_package(), "which this Python needs")
        importlib.invalidate_caches()
    if not can_make_environments():
        return fail(
            f"Python's venv module is missing. Bring it with: sudo apt-get install -y {venv_package()}"
        )
    return install(stamp, state)


def is_own_python() -> bool:
    """Tell whether the running Python is that of the environment, as it is once somebody activated it."""
    return os.path.realpath(sys.prefix) == os.path.realpath(str(VENV))


def another_python(system: str = os.name) -> str:
    """Return what to type to run this script with a Python that is new enough."""
    return f"{'py -3.12' if system == 'nt' else 'python3.12'} {SCRIPT}"


def setup_command(system: str = os.name) -> str:
    """Return what to type to set up the handbook."""
    return f"{'py' if system == 'nt' else 'python3'} {SCRIPT}"


def installed_command(system: str = os.name) -> str:
    """Return the path of the command `handbook` from the folder of the handbook, as people type it."""
    return r".venv\Scripts\handbook" if system == "nt" else ".venv/bin/handbook"


def advise_setup() -> None:
    """Say so if the environment is older than what it is made from, for example after an update."""
    stamp = VENV / STAMP
    if stamp.is_file() and stamp.read_text(encoding="utf-8") != fingerprint():
        say(f"the libraries are not those of this version; run {setup_command()}")


def fingerprint() -> str:
    """Return a text that changes whenever the environment has to be made anew."""
    digest = hashlib.sha256()
    for name in INPUTS:
        digest.update((ROOT / name).read_bytes())
    return f"{sys.version}\n{ROOT}\n{digest.hexdigest()}\n"


def can_make_environments() -> bool:
    """Tell whether this Python can make an environment with pip in it (Debian packs that apart)."""
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def venv_package() -> str:
    """Name Debian's package for the running Python."""
    return f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"


def install_debian_package(package: str, reason: str) -> bool:
    """Install a package of Debian where that needs nobody's password; tell whether it worked."""
    if not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")):
        return False
    say(f"installing {package}, {reason}")
    steps = (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package],
    )
    quietly = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    return all(subprocess.call(step, stdout=subprocess.DEVNULL, env=quietly) == 0 for step in steps)


def install(stamp: Path, state: str) -> int:
    """Make the environment anew, with exactly what the lock file names."""
    say(f"setting up {VENV.name} (once; about a minute)")
    if VENV.exists():
        shutil.rmtree(str(VENV))
    VENV.mkdir()
    pip_alone = VENV / "pip.txt"
    pip_alone.write_text(locked_lines("pip"), encoding="utf-8")
    pip = [str(venv_python()), "-m", "pip", "--disable-pip-version-check", "-qq", "install", "--no-deps"]
    locked = [*pip, "--only-binary", ":all:", "--require-hashes", "-r"]
    steps = [
        [sys.executable, "-m", "venv", str(VENV)],
        [*locked, str(pip_alone)],  # First, so that the same pip installs the others everywhere.
        [*locked, str(ROOT / "requirements.txt")],
        [*pip, "--no-build-isolation", "--editable", str(ROOT)],
    ]
    for step in steps:
        if subprocess.call(step, cwd=str(ROOT)) != 0:
            return fail(
                f"stopped at: {' '.join(step)}\nIs the network there? Then run the same command again."
            )
    stamp.write_text(state, encoding="utf-8")
    say(f"done; show the handbook with: {installed_command()} serve")
    return 0


def locked_lines(package: str) -> str:
    """Return what the lock file says of one package: its version and its hashes."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines(keepends=True)
    start = next(number for number, line in enumerate(lines) if line.startswith(package + "=="))
    end = next(number for number in range(start, len(lines)) if not lines[number].endswith("\\\n"))
    return "".join(lines[start : end + 1])


def venv_python() -> Path:
    """Return the environment's Python."""
    return python_in(VENV)


def python_in(environment: AnyPath, system: str = os.name) -> AnyPath:
    """Return the Python of an environment, which is elsewhere on Windows."""
    return environment / ("Scripts/python.exe" if system == "nt" else "bin/python")


def say(text: str) -> None:
    """Tell the person what is going on."""
    print("setup: " + text, file=sys.stderr, flush=True)


def fail(text: str) -> int:
    """Tell the person what to do, and return the exit status of a run that could not be done."""
    say(text)
    return 2


if __name__ == "__main__":
    sys.exit(main())
