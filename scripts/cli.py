"""The command `handbook`."""

from typing import Final

import click

from scripts.command_group import CommandGroup

_MODULES: Final = {
    "approvals": "scripts.approvals",
    "audit": "scripts.audit.group",
    "build": "scripts.build",
    "changes": "scripts.edition.changes",
    "check": "scripts.check",
    "delete": "scripts.delete",
    "deploy": "scripts.deploy.group",
    "develop": "scripts.development.group",
    "edition": "scripts.edition.group",
    "forge": "scripts.forge.group",
    "links": "scripts.links",
    "move": "scripts.move",
    "new": "scripts.new",
    "owner": "scripts.owner.group",
    "owners": "scripts.owners",
    "photo": "scripts.photo",
    "remind": "scripts.remind",
    "review": "scripts.review.group",
    "role": "scripts.role.group",
    "rules": "scripts.rules",
    "schema": "scripts.schema",
    "serve": "scripts.development.serve",
    "wording": "scripts.wording",
}


@click.group(cls=CommandGroup, modules=_MODULES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="social-media-policy-handbook")
def main() -> None:
    """Check, review, publish, and audit the social media policy handbook.

    Start with `handbook check`. Each command explains itself with --help.
    """


if __name__ == "__main__":
    main()
