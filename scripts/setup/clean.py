"""Removes what the other commands made. It runs on the machine's own Python, because `.venv` goes, too."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MADE = (".venv", ".cache", "site", "build", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis")


def main(root: Path = ROOT) -> int:
    """Remove the files and folders; return the exit status."""
    if Path(sys.prefix).resolve() == (root / ".venv").resolve():
        print("clean: this is the Python in .venv; run it with the one of the computer", file=sys.stderr)
        return 2
    for name in MADE:
        shutil.rmtree(str(root / name), ignore_errors=True)
    for path in [*root.glob("*.egg-info"), *root.rglob("__pycache__")]:
        shutil.rmtree(str(path), ignore_errors=True)
    return 0


if __name__ == "__main__":
    if sys.argv[1:]:  # Whoever asks for help wants to keep everything.
        sys.exit(f"usage: {Path(__file__).name}, without arguments. {__doc__}")
    sys.exit(main())
