"""Builds the site of a folder in another process, because the folder may have code of its own."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import click

from handbook.errors import HandbookError
from handbook.text.quoting import one_line
from scripts.terminal import progress

BUILDER: Final = "HANDBOOK_BUILDER"
# Each is the name of a module that runs with `build`. ProperDocs is a maintained fork of MkDocs.
_BUILDERS: Final = ("mkdocs", "properdocs")
# A build gets these variables alone, because the code of an earlier commit may be anybody's: no password or
# token of the person or the machine that runs it.
_KEPT: Final = frozenset(
    (
        *("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR"),
        *(BUILDER, "SOURCE_DATE_EPOCH", "PYDANTIC_DISABLE_PLUGINS"),
        *("SYSTEMROOT", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE", "TEMP", "TMP"),  # Windows needs these.
    )
)


def builder_module(name: str) -> str:
    """Return the module to run for a builder; no name means MkDocs.

    Raises:
        HandbookError: if there is no such builder.

    """
    if name and name not in _BUILDERS:
        raise HandbookError(f"{BUILDER} is '{one_line(name)}'; set it to {' or '.join(_BUILDERS)}")
    return name or _BUILDERS[0]


def announce_code_of(name: str) -> None:
    """Say that code which is not this installation's is about to run."""
    click.echo(
        f"the code of {name} runs now, without the variables of your environment except PATH, HOME, and LANG",
        err=True,
    )


def build_site(folder: Path, name: str, settings: Mapping[str, str], site: Path, python: str) -> None:
    """Build the handbook in `folder` into `site`, so that any warning stops it.

    The code of the folder is used if it has any. `name` names the site in messages, `settings` are further
    variables of the environment, and `python` is an interpreter with the libraries. The environment chooses
    the builder; hardly anything else of it is passed on.

    Raises:
        HandbookError: if the build stops.

    """
    fixed = {
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": str(folder),
        "TZ": "UTC",
    }
    kept = {key: value for key, value in os.environ.items() if key.upper() in _KEPT}
    environment = {**kept, **fixed, **settings}
    command = [python, "-m", builder_module(environment.get(BUILDER, "")), "build", "--strict"]
    command += ["--config-file", str(folder / "mkdocs.yml"), "--site-dir", str(site)]
    with progress(f"building the site of {name}"):
        done = run_builder(command, folder, environment)
    if done.returncode:
        words = done.stderr.replace(f"{folder}{os.sep}", "").strip()
        raise HandbookError(f"the site of {name} cannot be built; fix this first:\n{words}")


def run_builder(
    command: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a builder in a folder, with nothing of the environment but what is given."""
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)
