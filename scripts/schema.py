"""`handbook schema`: what editors such as VS Code need to help while somebody edits a register or a page."""

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from handbook.errors import HandbookError
from handbook.files.atomic_write import FileWrite
from handbook.files.tree import Folder
from handbook.registers.all_registers import read_registers
from handbook.schemas.known_schemas import SCHEMAS
from handbook.schemas.schema_files import FOLDER, FRONT_MATTER, outdated, schema_files, schema_named
from handbook.text.counting import counted
from handbook.text.json_text import as_document
from scripts.command_name import with_real_command
from scripts.exclusive import changes_files
from scripts.file_changes import write_files
from scripts.options import exits_with_status, require_handbook, root_option


@click.command(
    name="schema",
    epilog="Exit status: 0, 1 if a file is out of date, 2 if the command could not run.",
)
@click.argument("name", required=False)
@root_option
@click.option("--write", is_flag=True, help="Write every schema, and the snippets for front matter.")
@exits_with_status
@changes_files("write")
def command(name: str | None, root: Path, write: bool) -> int:
    """List the JSON Schemas of registers, records, and front matter, or print the one called NAME.

    Editors read them to explain each key, propose values, and mark what is wrong. They are in
    registers/schemas/. The names of roles, platforms, and sources in them come from your registers: run
    `handbook schema --write` after you change those.
    """
    if name is not None:
        if write:
            raise HandbookError("--write writes every schema; leave out the name")
        click.echo(as_document(schema_named(name)), nl=False)
        return 0
    require_handbook(root)
    files = schema_files(read_registers(Folder(root)))
    old = outdated(Folder(root), files)
    return _write(root, files, old) if write else _list(files, old)


def _write(root: Path, files: Mapping[str, str], old: list[str]) -> int:
    tree = Folder(root)
    write_files(root, [FileWrite(root / path, files[path].encode(), tree.read(path)) for path in old])
    for path in old:
        click.echo(f"{path}: written")
    click.echo(f"{counted(len(files) - len(old), 'file')} of {len(files)} were up to date", err=True)
    return 0


def _list(files: Mapping[str, str], old: list[str]) -> int:
    width = max(map(len, (*SCHEMAS, FRONT_MATTER)))
    for name, schema in SCHEMAS.items():
        click.echo(f"{name:{width}} {', '.join(schema.files)}")
    click.echo(f"{FRONT_MATTER:{width}} the lines between --- at the head of a page")
    if not old:
        click.echo(f"{len(files)} files, in {FOLDER}/ and .vscode/, are up to date", err=True)
        return 0
    advice = with_real_command("run `handbook schema --write`")
    click.echo(f"out of date: {', '.join(old)}; {advice}", err=True)
    return 1


if __name__ == "__main__":
    sys.exit(command())
