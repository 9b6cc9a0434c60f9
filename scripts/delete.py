"""`handbook delete`: takes a page out of the handbook, and changes everything that names it."""

from pathlib import Path

import click

from handbook.restructuring.page_removal import plan_removal
from scripts.exclusive import changes_files
from scripts.options import exits_with_status, root_option
from scripts.restructure import EPILOG, begin, dry_run_option, finish, left_with_page, page_named


@click.command(name="delete", epilog=EPILOG)
@click.argument("page")
@click.option("--replace-by", "replacement", metavar="PAGE", help="Page that takes its place everywhere.")
@click.option("--without-review", is_flag=True, help="Delete a reviewed page that no review has retired.")
@dry_run_option
@root_option
@exits_with_status
@changes_files()
def command(page: str, replacement: str | None, without_review: bool, dry_run: bool, root: Path) -> int:
    """Delete PAGE and its translations.

    If links, scenarios, or other records need it, the command names each place and deletes nothing, unless
    you give --replace-by: then these places and the old address lead to that page, with the anchors that it
    has. A page that was reviewed goes only after a review has retired it.
    """
    plan = begin(root)
    path = page_named(plan.before, page, root)
    instead = page_named(plan.before, replacement, root) if replacement else None
    plan_removal(plan, path, instead, without_review=without_review)
    finish(root, plan, left_with_page(root, plan, path), dry_run)
    return 0
