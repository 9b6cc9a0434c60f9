"""`handbook develop`: what developers of the tool run."""

from typing import Final

import click

from scripts.command_group import CommandGroup

_TARGETS: Final = "scripts.development.targets"
_MODULES: Final = {
    "test": f"{_TARGETS}.test",
    "test-deploy": f"{_TARGETS}.test_deploy",
    "test-editor": f"{_TARGETS}.test_editor",
    "test-training": f"{_TARGETS}.test_training",
    "lint": f"{_TARGETS}.lint",
    "bench": "scripts.development.bench",
    "measure": f"{_TARGETS}.measure",
    "screenshots": f"{_TARGETS}.screenshots",
    "fuzz": f"{_TARGETS}.fuzz",
    "lock": f"{_TARGETS}.lock",
}


@click.group(cls=CommandGroup, name="develop", modules=_MODULES)
def command() -> None:
    """Test and measure the tool itself. `make` calls the same.

    You need these commands if you change the code. To edit pages, you do not.
    """
