"""Shows the handbook on this machine and follows every edit; what `handbook serve` runs."""

import errno
import os
import sys
from pathlib import Path
from typing import Final

import click

from handbook.errors import HandbookError
from scripts.development.serving.follow_edits import serve_handbook
from scripts.options import exits_with_status, require_handbook, root_option
from scripts.setup.bootstrap import advise_setup

_ANOTHER: Final = "handbook serve --address 127.0.0.1:8001"


class Address(click.ParamType[str]):
    """Where to serve, such as 127.0.0.1:8000."""

    name = "host:port"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read the address, or say how one is written."""
        host, _, port = str(value).rpartition(":")
        if not host or not port.isdecimal() or not 0 < int(port) < 65_536:
            self.fail(f"'{value}' is not an address; write for example 127.0.0.1:8000", param, ctx)
        return f"{host}:{port}"


@click.command(name="serve")
@root_option
@click.option(
    "--address", type=Address(), default="127.0.0.1:8000", show_default=True, help="Where to serve it."
)
@exits_with_status
def command(root: Path, address: str) -> int:
    """Serve the handbook until Ctrl+C, and follow every edit.

    A page that `handbook build` would stop at shows what is wrong with it, and on which line.
    """
    advise_setup()
    require_handbook(root)
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    host, _, port = address.rpartition(":")
    try:
        serve_handbook(root, host, int(port))
    except OSError as error:
        raise HandbookError(_explain(error, address)) from None
    return 0


def _explain(error: OSError, address: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"{address} is in use; stop what runs there, or choose another: {_ANOTHER}"
    return f"{address} cannot be used ({error.strerror}); choose another: {_ANOTHER}"


if __name__ == "__main__":
    sys.exit(command())
