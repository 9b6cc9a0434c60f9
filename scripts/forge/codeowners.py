"""`handbook forge codeowners`: makes the file that says who has to agree to a change of which file."""

import datetime
from pathlib import Path

import click

from handbook.files.atomic_write import FileWrite
from handbook.files.tree import Folder
from handbook.model import Handbook
from handbook.registers.code_owners import CODE_HOSTS, code_owners_text, outdated_files
from handbook.registers.owners import FILE as OWNERS
from scripts.exclusive import changes_files
from scripts.file_changes import write_files
from scripts.options import exits_with_status, root_option, today_option
from scripts.site.publication import read_handbook

_EPILOG = "Exit status: 0 if the files are as they should be, 1 if not, 2 if the command could not run."


@click.command(name="codeowners", epilog=_EPILOG)
@click.option("--write", "writes", is_flag=True, help="Write the files instead of saying what differs.")
@root_option
@today_option
@exits_with_status
@changes_files("writes")
def command(writes: bool, root: Path, today: datetime.date | None) -> int:
    """Make CODEOWNERS from owners and pages.

    The files come from the roles of registers/owners.yml and the owners that the pages name.

    GitHub and GitLab read .github/CODEOWNERS and .gitlab/CODEOWNERS, and ask those people to approve a
    change. A role counts through its `holders` that are accounts (github:name, gitlab:name). Run this command
    after a change of an owner, a holder, or the name of a page; the check finds a file that is out of date.
    """
    handbook, _ = read_handbook(root, today)
    registers = handbook.registers
    texts = outdated_files(handbook.pages, registers.owners, registers.code_owners, handbook.today)
    if writes:
        folder = Folder(root)
        write_files(root, [FileWrite(root / path, texts[path].encode(), folder.read(path)) for path in texts])
    for path in texts:
        click.echo(f"{path}: {'written' if writes else 'out of date; make it with --write'}")
    if not texts:
        click.echo(_nothing_to_do(handbook), err=True)
    return int(bool(texts) and not writes)


def _nothing_to_do(handbook: Handbook) -> str:
    owners, today = handbook.registers.owners, handbook.today
    if any(code_owners_text(handbook.pages, owners, name, today) for name in CODE_HOSTS):
        return "CODEOWNERS says what it should"
    return f"no role has an account; write them as `holders` into {OWNERS}, such as github:name"
