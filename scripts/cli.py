"""The command `handbook`: one group, one module a command."""

import click

from scripts import audit, changes, check, edition, links, new, photo, remind, review, rules


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="social-media-policy-handbook")
def main() -> None:
    """Keep the social media policy handbook true.

    Start with `handbook check`; each command explains itself with --help.
    """


main.add_command(audit.command)
main.add_command(changes.command)
main.add_command(check.command)
main.add_command(edition.command)
main.add_command(rules.command)
main.add_command(photo.command)
main.add_command(new.command)
main.add_command(links.command)
main.add_command(review.command)
main.add_command(remind.command)
