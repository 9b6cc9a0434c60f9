"""`handbook translate done`: says that translations render what their originals say now."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from handbook.content.translation.changed_parts import Translation
from handbook.files.atomic_write import FileWrite
from handbook.files.tree import Folder
from handbook.model import Handbook
from handbook.registers.rendered_texts import FILE
from handbook.text.counting import counted
from handbook.translating.marking import marks_with, page_marked
from scripts.exclusive import changes_files
from scripts.file_changes import write_files
from scripts.options import exits_with_status, root_option
from scripts.site.publication import read_handbook
from scripts.translate.chosen import Chosen, chosen_files

_EPILOG: Final = "Exit status: 0 if everything was written, 2 if nothing was."


@click.command(name="done", epilog=_EPILOG)
@click.argument("paths", nargs=-1, required=True, metavar="PAGE, REGISTER, OR FOLDER...")
@root_option
@exits_with_status
@changes_files()
def command(paths: tuple[str, ...], root: Path) -> int:
    """Say that translations render what their originals say now.

    Compare both texts first: nothing but this command makes a translation current. A page gets `translates`
    in its front matter, and the texts of a register are marked in registers/rendered_texts.yml. No review is
    needed for that.
    """
    handbook, _ = read_handbook(root)
    chosen = chosen_files(handbook, paths, root)
    tree = Folder(root)
    writes = [*_pages(chosen, root, tree), *_registers(handbook, chosen, root, tree)]
    write_files(root, writes)
    pages = [each for each in chosen.pages if not each.is_current]
    click.echo(
        f"{counted(len(pages), 'page')} and {counted(len(chosen.registers), 'register')} marked as current"
    )
    return 0


def _pages(chosen: Chosen, root: Path, tree: Folder) -> Iterator[FileWrite]:
    for translation in chosen.pages:
        if not translation.is_current:
            yield _marked(translation, root, tree)


def _marked(translation: Translation, root: Path, tree: Folder) -> FileWrite:
    before = tree.read(translation.page.path) or b""
    after = page_marked(translation.page, before.decode("utf-8"), translation.original)
    return FileWrite(root / translation.page.path, after.encode("utf-8"), before)


def _registers(handbook: Handbook, chosen: Chosen, root: Path, tree: Folder) -> Iterator[FileWrite]:
    registers, before = handbook.registers, tree.read(FILE)
    languages = registers.organization.languages
    after = marks_with(registers.rendered_texts, registers.written_texts.texts, chosen.registers, languages)
    if chosen.registers and after.encode("utf-8") != before:
        yield FileWrite(root / FILE, after.encode("utf-8"), before)
