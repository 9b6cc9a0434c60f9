"""Builds handbooks as `make build` does, on 20 November 2026."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

NOON: Final = "1795176000"  # 2026-11-20 12:00 UTC


def build(
    folder: Path, site: Path, settings: Mapping[str, str] = MappingProxyType({})
) -> subprocess.CompletedProcess[str]:
    """Build the handbook of a folder strictly; `settings` are further variables of the environment."""
    command = [str(Path(sys.executable).with_name("mkdocs")), "build", "--strict"]
    command += ["--config-file", str(folder / "mkdocs.yml"), "--site-dir", str(site)]
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment = {**inherited, "SOURCE_DATE_EPOCH": NOON, "NO_MKDOCS_2_WARNING": "1", **settings}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def build_site(folder: Path, site: Path, settings: Mapping[str, str] = MappingProxyType({})) -> Path:
    """Build a handbook that must build, and return its site."""
    done = build(folder, site, settings)
    assert done.returncode == 0, done.stderr
    return site
