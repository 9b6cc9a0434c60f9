"""Builds a handbook of two pages once, in the process that the builds of tests are copied from.

What a build loads, and what it computes once for a process, is there for each copy.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs_macros import context

from tests.builds import no_facts
from tests.conftest import make_folder


def _build_once() -> None:
    context.get_git_info = no_facts
    with TemporaryDirectory() as name:
        folder = make_folder(Path(name, "handbook"))
        config = load_config(str(folder / "mkdocs.yml"), site_dir=str(Path(name, "site")))
        config.plugins.on_startup(command="build", dirty=False)
        build(config)


_build_once()
