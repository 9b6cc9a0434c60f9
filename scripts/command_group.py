"""A group of commands, each loaded from its module only when it runs, because of the libraries it needs."""

import os
from collections.abc import Mapping
from importlib import import_module

import click

from handbook.text.suggestions import did_you_mean
from scripts.setup.bootstrap import setup_command

# No register needs a plugin of pydantic. To look for one in every installed package takes 25 ms.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


class CommandGroup(click.Group):
    """A group whose subcommands are modules: `modules` maps the name of each to the path of its module.

    Each module defines its command as `command`.
    """

    def __init__(self, *, modules: Mapping[str, str], **settings: object) -> None:
        super().__init__(**settings)  # type: ignore[arg-type]
        self._modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click calls it
        """Return the names of the subcommands, in the order of the help."""
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command of that name; return None if there is none."""
        if cmd_name not in self._modules:
            return None
        try:
            command: click.Command = import_module(self._modules[cmd_name]).command
        except ModuleNotFoundError as error:
            # The code was updated, and the libraries that it needs were not.
            message = f"the library '{error.name}' is not installed; run `{setup_command()}`"
            raise click.ClickException(message) from None
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command to run; for one that does not exist, propose the nearest."""
        name = args[0]
        if name == "help":
            click.echo(ctx.get_help())
            ctx.exit()
        if name not in self._modules and not name.startswith("-"):
            ctx.fail(f"there is no command '{name}'; {did_you_mean(name, self._modules)}")
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options of the group; those of its commands follow the command."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if error.possibilities:
                raise
            message = f"there is no option '{error.option_name}' here; write it after the command"
            raise click.UsageError(message, ctx) from None
