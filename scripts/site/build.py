"""Builds the site of a folder in a process of its own, whatever the code of this one is."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from handbook.errors import HandbookError


def build_site(folder: Path, name: str, settings: Mapping[str, str], site: Path, python: str) -> None:
    """Build the handbook in `folder` into `site`, strictly; its own code does it, where it has any.

    `name` says in a sentence which site it is, `settings` are further variables of the environment, and
    `python` has the libraries.

    Raises:
        HandbookError: when the build stops.

    """
    command = [python, "-m", "mkdocs", "build", "--strict"]
    command += ["--config-file", str(folder / "mkdocs.yml"), "--site-dir", str(site)]
    every = {
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": str(folder),
        "TZ": "UTC",
    }
    done = subprocess.run(
        command,
        env={**os.environ, **every, **settings},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        words = done.stderr.replace(f"{folder}{os.sep}", "").strip()
        raise HandbookError(f"the site of {name} cannot be built; mend this first:\n{words}")


@contextmanager
def progress(work: str) -> Iterator[None]:
    """Say at a terminal what takes its time, and take it back when it is done."""
    shown = sys.stderr.isatty()
    if shown:
        click.echo(f"{work} ...", err=True, nl=False)
    try:
        yield
    finally:
        if shown:
            click.echo("\r\x1b[K", err=True, nl=False)
