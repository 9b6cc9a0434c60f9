"""The command `handbook`."""

from pathlib import Path
from typing import Final

import click

from scripts.command_group import CommandGroup

_MODULES: Final = {
    "acknowledge": "scripts.acknowledge.group",
    "adopt": "scripts.adopt",
    "approvals": "scripts.approvals",
    "audit": "scripts.audit.group",
    "build": "scripts.build",
    "changes": "scripts.edition.changes",
    "check": "scripts.check",
    "delete": "scripts.delete",
    "deploy": "scripts.deploy.group",
    "develop": "scripts.development.group",
    "edit": "scripts.edit.group",
    "edition": "scripts.edition.group",
    "forge": "scripts.forge.group",
    "import": "scripts.import_document",
    "links": "scripts.links",
    "move": "scripts.move",
    "new": "scripts.new",
    "owner": "scripts.owner.group",
    "owners": "scripts.owners",
    "photo": "scripts.photo",
    "questions": "scripts.questions.group",
    "remind": "scripts.remind",
    "review": "scripts.review.group",
    "role": "scripts.role.group",
    "rules": "scripts.rules",
    "schema": "scripts.schema",
    "serve": "scripts.development.serve",
    "training": "scripts.training.group",
    "translate": "scripts.translate.group",
    "upgrade": "scripts.upgrade.command",
    "wording": "scripts.wording",
}


@click.group(
    cls=CommandGroup,
    modules=_MODULES,
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
)
@click.version_option(package_name="social-media-policy-handbook")
@click.pass_context
def main(context: click.Context) -> None:
    """Check, review, publish, and audit the social media policy handbook.

    Without a command, it says what is left to decide in the handbook of the current folder. Each command
    explains itself with --help.
    """
    if context.invoked_subcommand is None:
        if not Path("mkdocs.yml").is_file() or not Path("organization.yml").is_file():
            click.echo(context.get_help())
            return
        # Reading a whole handbook takes libraries that most commands do not need, and half a second.
        from scripts.what_next import show_what_next

        show_what_next()


if __name__ == "__main__":
    main()
