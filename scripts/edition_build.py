"""Builds the site of an edition from a clean checkout, the same bytes each time."""

import os
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from handbook.editions import Edition, sha256
from handbook.errors import HandbookError
from handbook.published import MANIFEST

_LOCKED: Final = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


def build_edition(folder: Path, edition: Edition, seconds: int, site: Path) -> dict[str, str]:
    """Build the handbook of a checkout into `site`; return the SHA-256 of each file, by path.

    `seconds` is when its commit was made, the only clock that the build sees. The code of the checkout
    builds it, where it has its own.

    Raises:
        HandbookError: when the build stops, or other libraries are installed than the checkout asks for.

    """
    refuse_other_libraries(folder)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    command += ["--config-file", str(folder / "mkdocs.yml"), "--site-dir", str(site)]
    settings = {
        "HANDBOOK_EDITION": str(edition),
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": str(folder),
        "SOURCE_DATE_EPOCH": str(seconds),
        "TZ": "UTC",
    }
    done = subprocess.run(
        command, env={**os.environ, **settings}, cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        words = done.stderr.replace(f"{folder}{os.sep}", "").strip()
        raise HandbookError(f"the site of {edition} cannot be built; mend this first:\n{words}")
    if (site / MANIFEST).exists():
        raise HandbookError(f"the site has a file {MANIFEST}, the name of the manifest; rename it in docs/")
    files = (file for file in site.rglob("*") if file.is_file())
    return {file.relative_to(site).as_posix(): sha256(file.read_bytes()) for file in files}


def refuse_other_libraries(folder: Path) -> None:
    """Let nobody take the work of another version for that of another hand."""
    lock = folder / "requirements.txt"
    locked: dict[str, set[str]] = {}
    for name, number in _LOCKED.findall(lock.read_text(encoding="utf-8") if lock.is_file() else ""):
        locked.setdefault(name, set()).add(number)
    for name, numbers in locked.items():
        installed = _installed(name)
        if installed and installed not in numbers:
            wanted = " or ".join(sorted(numbers))
            raise HandbookError(
                f"requirements.txt of that commit asks for {name} {wanted}, and {installed} is installed;"
                " run `make setup` in a checkout of that commit, and use the `handbook` of its .venv"
            )


def _installed(name: str) -> str | None:
    """Return the version of a library, or None: what is missing and needed stops the build by itself."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None
