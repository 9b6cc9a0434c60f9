"""Commands that change files: one at a time, and after what a killed one left half done was undone."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec

import click

from handbook.files.exclusive_access import exclusive_access
from handbook.files.journal import recover

Parameters = ParamSpec("Parameters")


def changes_files(*options: str) -> Callable[[Callable[Parameters, int]], Callable[Parameters, int]]:
    """Let a command that has the option `--root` change files while no other one does.

    If `options` are named, it changes files only with one of them.
    """

    def decorate(function: Callable[Parameters, int]) -> Callable[Parameters, int]:
        @wraps(function)
        def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> int:
            root = kwargs["root"]
            is_asked = not options or any(kwargs[option] for option in options)
            if not is_asked or not isinstance(root, Path) or not (root / "mkdocs.yml").is_file():
                return function(*args, **kwargs)
            with exclusive_access(root, click.get_current_context().command_path):
                _recover(root)
                return function(*args, **kwargs)

        return run

    return decorate


def _recover(root: Path) -> None:
    recovery = recover(root)
    if recovery:
        done = "was complete" if recovery.is_complete else "was undone"
        click.echo(f"the change that was interrupted last {done}: {', '.join(recovery.paths)}", err=True)
