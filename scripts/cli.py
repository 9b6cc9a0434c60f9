"""The command `handbook`: one group, one module a command."""

from importlib import import_module
from typing import Final

import click

# The module of each command, which is loaded when the command runs: each needs libraries that others do not.
_MODULES: Final = {
    "audit": "scripts.audit.group",
    "changes": "scripts.edition.changes",
    "check": "scripts.check",
    "edition": "scripts.edition.group",
    "links": "scripts.links",
    "new": "scripts.new",
    "photo": "scripts.photo",
    "remind": "scripts.remind",
    "review": "scripts.review.group",
    "rules": "scripts.rules",
}


class _Commands(click.Group):
    """The commands, by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click calls it
        """Return the names, for the help."""
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load a command, or return None where there is none of that name."""
        if cmd_name not in _MODULES:
            return None
        command: click.Command = import_module(_MODULES[cmd_name]).command
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="social-media-policy-handbook")
def main() -> None:
    """Keep the social media policy handbook true.

    Start with `handbook check`; each command explains itself with --help.
    """


if __name__ == "__main__":
    main()
