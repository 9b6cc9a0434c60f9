"""`handbook develop lock`: renews the lock files after a change in `pyproject.toml`."""

from typing import Final

import click

from scripts.development.targets.steps import required_program, run_steps
from scripts.options import exits_with_status

_OPTIONS: Final = (
    *("--universal", "--python-version", "3.11.2", "--generate-hashes"),
    *("--no-header", "--no-annotate", "--no-emit-index-url", "--quiet", "--output-file"),
)


@click.command(name="lock", epilog="Exit status: that of uv, or 2 if uv is not installed.")
@exits_with_status
def command() -> int:
    """Renew requirements.txt after a change in pyproject.toml. It needs uv and a network."""
    compile_with = [required_program("uv", "see its site for how to install it"), "pip", "compile"]
    return run_steps(
        [*compile_with, "pyproject.toml", "--extra", "development", *_OPTIONS, "requirements.txt"],
        [*compile_with, "--group", "node", *_OPTIONS, "scripts/setup/node/requirements.txt"],
    )
