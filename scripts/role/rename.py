"""`handbook role rename`: gives a role another name, and changes everything that names it."""

from pathlib import Path

import click

from handbook.restructuring.change_plan import Recorder
from handbook.restructuring.role_names import plan_role_name
from scripts.exclusive import changes_files
from scripts.options import exits_with_status, root_option
from scripts.restructure import EPILOG, as_option, begin, dry_run_option, finish, left_with_role


@click.command(name="rename", epilog=EPILOG)
@click.argument("old")
@click.argument("new")
@as_option
@dry_run_option
@root_option
@exits_with_status
@changes_files()
def command(old: str, new: str, role: str | None, dry_run: bool, root: Path) -> int:
    """Rename the role OLD to NEW in registers, in the front matter of pages, and in open reviews.

    Records that were filed keep the old name, and count for the role: registers/owners.yml says what it was
    formerly called. If pages show the name, --as names the role that vouches that they changed only by this;
    if it is the renamed role, give its old name.
    """
    plan = begin(root)
    plan_role_name(plan, old, new, Recorder(role, f"The role {old} is called {new} now."))
    finish(root, plan, left_with_role(root, plan, old), dry_run)
    return 0
