"""The command `handbook`."""

from typing import Final

import click

from scripts.command_group import CommandGroup

_MODULES: Final = {
    "audit": "scripts.audit.group",
    "changes": "scripts.edition.changes",
    "check": "scripts.check",
    "deploy": "scripts.deploy.group",
    "edition": "scripts.edition.group",
    "links": "scripts.links",
    "new": "scripts.new",
    "photo": "scripts.photo",
    "remind": "scripts.remind",
    "review": "scripts.review.group",
    "rules": "scripts.rules",
    "upgrade": "scripts.upgrade.command",
}


@click.group(cls=CommandGroup, modules=_MODULES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="social-media-policy-handbook")
def main() -> None:
    """Check, review, publish, and audit the social media policy handbook.

    Start with `handbook check`. Each command explains itself with --help.
    """


if __name__ == "__main__":
    main()
