"""`handbook review`: several roles read pages separately, then decide together."""

from typing import Final

import click

from scripts.command_group import CommandGroup

_MODULES: Final = {
    "start": "scripts.review.start",
    "sign": "scripts.review.sign",
    "withdraw": "scripts.review.withdraw",
    "add-reader": "scripts.review.add_reader",
    "close": "scripts.review.close",
    "abandon": "scripts.review.abandon",
    "status": "scripts.review.status",
    "editorial": "scripts.review.editorial",
    "source": "scripts.review.source",
    "fingerprint": "scripts.review.fingerprint",
    "issues": "scripts.review.comments.issues",
    "comment": "scripts.review.comments.comment",
    "approved-branch": "scripts.review.comments.approved_branch",
}


@click.group(name="review", cls=CommandGroup, modules=_MODULES)
def command() -> None:
    """Review pages: start, sign as each role, meet, and close.

    Several roles read the pages separately and say what they found. Then they meet and decide. The record
    in registers/reviews/ proves it, and `handbook check` compares it with the pages.
    """
