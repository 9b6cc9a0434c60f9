"""`handbook owner reassign`: hands pages from one role to another."""

from pathlib import Path

import click

from handbook.content.languages import main_path
from handbook.model import Handbook
from handbook.restructuring.drafted_handbook import pages_of
from handbook.restructuring.owner_change import plan_owner_change
from scripts.exclusive import changes_files
from scripts.options import exits_with_status, files_at, root_option
from scripts.restructure import EPILOG, begin, dry_run_option, finish, page_named


@click.command(name="reassign", epilog=EPILOG)
@click.argument("old", metavar="FROM")
@click.argument("new", metavar="TO")
@click.argument("paths", nargs=-1, metavar="[PAGE OR FOLDER]...")
@dry_run_option
@root_option
@exits_with_status
@changes_files()
def command(old: str, new: str, paths: tuple[str, ...], dry_run: bool, root: Path) -> int:
    """Hand the pages of the role FROM, or only those that you name, to the role TO, in every language.

    What else FROM does stays: its policies, its accounts, and what it reads for others. The command says in
    which reviews the new owner took no part, because the check asks for that.
    """
    plan = begin(root)
    plan_owner_change(plan, old, new, _pages(plan.before, paths, root))
    finish(root, plan, (), dry_run)
    return 0


def _pages(handbook: Handbook, paths: tuple[str, ...], root: Path) -> list[str]:
    """Return the files of the pages at some paths, with their translations."""
    languages = handbook.registers.organization.languages
    every = list(pages_of(handbook))
    chosen: set[str] = set()
    for path in paths:
        inside = {file.path for file in files_at(map(_File, every), path, root)}
        chosen |= inside or {page_named(handbook, path, root)}
    mains = {main_path(path, languages) for path in chosen}
    return [path for path in every if main_path(path, languages) in mains]


class _File:
    """A page of which nothing but the path is needed, for `files_at`."""

    def __init__(self, path: str) -> None:
        self.path = path
