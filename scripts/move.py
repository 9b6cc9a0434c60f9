"""`handbook move`: gives a page another path, and changes everything that names it."""

from pathlib import Path

import click

from handbook.restructuring.change_plan import Recorder
from handbook.restructuring.page_move import plan_move, target_path
from scripts.exclusive import changes_files
from scripts.options import exits_with_status, root_option
from scripts.restructure import (
    EPILOG,
    as_option,
    begin,
    dry_run_option,
    finish,
    left_with_page,
    page_named,
    refuse_renamed_by_hand,
)


@click.command(name="move", epilog=EPILOG)
@click.argument("page")
@click.argument("new")
@as_option
@click.option(
    "--why",
    metavar="TEXT",
    help="Why the page moves, for the records; without it, they say only that it did.",
)
@dry_run_option
@root_option
@exits_with_status
@changes_files()
def command(page: str, new: str, role: str | None, why: str | None, dry_run: bool, root: Path) -> int:
    """Give PAGE the path NEW, such as policy/presents, or the path of a folder that it goes into.

    Its translations move with it, and so do pictures in its folder that no other page shows. Links,
    registers, the menu, and open reviews name the new path, and the old address leads to it. Records that
    were filed stay as they are, and new ones say that the page moved. For them, name a role with --as: the
    owner of the pages, its deputy, or a role with `edits_wording` in registers/owners.yml.
    """
    plan = begin(root)
    refuse_renamed_by_hand(plan.before, page, new, root)
    old = page_named(plan.before, page, root)
    target = target_path(plan.before, old, new)
    plan_move(
        plan, old, target, Recorder(role, why or f"{old} moved to {target}; only paths and links changed.")
    )
    finish(root, plan, left_with_page(root, plan, old), dry_run)
    return 0
