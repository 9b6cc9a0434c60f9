"""`handbook import`: makes pages of a Word document."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import click

from handbook.authoring.navigation import FILE as CONFIG
from handbook.authoring.navigation import with_page
from handbook.authoring.new_page import (
    DOCS,
    PageDraft,
    conflicts,
    key_for,
    page_path,
    require_sound,
)
from handbook.content.audiences import AUDIENCES
from handbook.content.mkdocs_settings import parse_settings
from handbook.content.navigation_targets import is_placed
from handbook.content.pages import Boundary
from handbook.errors import HandbookError
from handbook.files.atomic_write import FileWrite
from handbook.files.tree import Folder
from handbook.importing.document_import import DocumentImport, read_document
from handbook.importing.pages import Clause, ImportedPage
from handbook.importing.pointers import Pointer, pointers
from handbook.importing.tracked_changes import Tracked
from handbook.registers.all_registers import Registers, read_registers
from handbook.rules.wording.judgment import guidance_for, judge
from handbook.rules.wording.rules import is_public_body
from handbook.text.counting import counted
from handbook.text.quoting import one_line
from scripts.command_name import with_real_command
from scripts.exclusive import changes_files
from scripts.file_changes import write_files
from scripts.options import exits_with_status, require_handbook, root_option

_EPILOG: Final = "Exit status: 0 if everything was written or shown, 2 if nothing was."
_DESCRIPTION: Final = "To be written: what this page says, in one sentence."
_COLUMNS: Final = ("clause", "page", "anchor", "begins")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_MOST_SHOWN: Final = 40
# What an auditor who has the old document looks up.
_MAPS: Final = "registers/imported"


@click.command(name="import", epilog=_EPILOG)
@click.argument("document", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--into", default="policy", show_default=True, metavar="FOLDER", help="Folder below docs/.")
@click.option("--owner", required=True, metavar="ROLE", help="Role from registers/owners.yml, for each page.")
@click.option(
    "--audience",
    multiple=True,
    type=click.Choice(AUDIENCES),
    default=["everyone"],
    show_default=True,
    help="Who the pages are for; can be repeated.",
)
@click.option("--one-page", is_flag=True, help="Make one page, not one for each main heading.")
@click.option(
    "--tracked",
    type=click.Choice([tracked.value for tracked in Tracked]),
    help="Which text counts if changes are tracked: with all of them, or before them.",
)
@click.option(
    "--language",
    metavar="CODE",
    help="Language of the document, such as en; by default, the first of the handbook.",
)
@click.option("--dry-run", is_flag=True, help="Show everything, and write nothing.")
@root_option
@exits_with_status
@changes_files()
def command(
    document: Path,
    into: str,
    owner: str,
    audience: tuple[str, ...],
    one_page: bool,
    tracked: str | None,
    language: str | None,
    dry_run: bool,
    root: Path,
) -> int:
    """Make pages of the Word document DOCUMENT, one for each of its main headings.

    Clause numbers stay as text. The command lists what was lost, which page has which clause, what looks
    like a name, an address, or a telephone number, and wording that guidance has found over-broad. The table
    of clauses is kept in registers/imported/. Nothing that is there already is overwritten. Compare the pages
    with the document before you publish them.
    """
    require_handbook(root)
    registers = read_registers(Folder(root))
    chosen = Tracked(tracked) if tracked else None
    imported = read_document(_data(document), document.name, chosen, one_page=one_page)
    language = _language(language, registers)
    drafts = [_draft(page, into, owner, audience, language) for page in imported.pages]
    for draft in drafts:
        require_sound(draft, registers, registers.organization.today())
        _refuse_existing(root, draft)
    writes = [FileWrite(root / draft.file, draft.text.encode()) for draft in drafts]
    if not dry_run:
        write_files(root, [*writes, *_navigation(root, drafts), _map(root, document, imported.clauses, into)])
    _tell(imported, drafts, registers, into)
    click.echo("nothing was written" if dry_run else with_real_command("next: handbook check docs"), err=True)
    return 0


def _language(named: str | None, registers: Registers) -> str:
    languages = registers.organization.languages
    if named is not None and named not in languages:
        known = ", ".join(languages)
        raise HandbookError(f"the handbook has no language '{named}'; choose one of {known}")
    return named or languages[0]


def _data(document: Path) -> bytes:
    try:
        return document.read_bytes()
    except OSError as error:
        raise HandbookError(f"{document} cannot be read ({error.strerror}); see who may read it") from None


def _draft(page: ImportedPage, into: str, owner: str, audience: Sequence[str], language: str) -> PageDraft:
    path = page_path(f"{into.removeprefix(DOCS).strip('/')}/{page.name}")
    title, body = one_line(page.title), f"{page.body.strip()}\n"
    return PageDraft(path, title, _DESCRIPTION, owner, audience, body=body, language=language)


def _refuse_existing(root: Path, draft: PageDraft) -> None:
    for conflict in conflicts(draft.path, draft.language):
        if (root / conflict).exists() or (root / conflict).is_symlink():
            raise HandbookError(f"{conflict} already exists, so nothing was written; choose another --into")
    folder = next(parent for parent in (root / draft.file).parents if parent.exists())
    if not folder.is_dir() or Boundary(root).leads_outside(str(folder)):
        raise HandbookError(f"{draft.file} would be outside this handbook; choose another --into")


def _navigation(root: Path, drafts: Sequence[PageDraft]) -> list[FileWrite]:
    before = Folder(root).read(CONFIG) or b""
    text = before.decode("utf-8")
    for draft in drafts:
        name = draft.path.removeprefix(DOCS)
        if not is_placed(parse_settings(text.encode()).navigation, name):
            text = with_page(text, name)
    return [FileWrite(root / CONFIG, text.encode(), before)] if text.encode() != before else []


def _map(root: Path, document: Path, clauses: Sequence[Clause], into: str) -> FileWrite:
    """Return the file that says where each clause is now."""
    file = root / _MAPS / f"{key_for(document.stem) or 'document'}.csv"
    if file.exists():
        raise HandbookError(f"{file.relative_to(root)} already exists, so nothing was written; move it first")
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([_cell(value) for value in _row(clause, into)] for clause in clauses)
    return FileWrite(file, target.getvalue().encode("utf-8"))


def _row(clause: Clause, into: str) -> tuple[str, str, str, str]:
    return clause.number, page_path(f"{into}/{clause.page}"), clause.anchor, clause.words


def _cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _tell(imported: DocumentImport, drafts: Sequence[PageDraft], registers: Registers, into: str) -> None:
    for draft in drafts:
        click.echo(f"{draft.file}: {counted(len(draft.body.split()), 'word')}, {one_line(draft.title)}")
    _section(
        "Lost or changed", [*imported.lost, "indents, columns, colors, fonts, and page breaks: left out"]
    )
    rows = [f"{one_line(clause.number)} {_place(clause, into)}" for clause in imported.clauses]
    _section("Clauses", rows or ["no paragraph begins with a number"])
    named = [_pointed(draft, pointer) for draft in drafts for pointer in pointers(draft.text)]
    _section("Looks like a name, an address, or a telephone number (guesses by form)", named or ["nothing"])
    _section("Wording that guidance has found over-broad", list(_wording(drafts, registers)))


def _place(clause: Clause, into: str) -> str:
    return f"{page_path(f'{into}/{clause.page}')}{f'#{clause.anchor}' if clause.anchor else ''}"


def _pointed(draft: PageDraft, pointer: Pointer) -> str:
    return f"{draft.file}:{pointer.line}: {pointer.kind}: {one_line(pointer.words)}"


def _section(title: str, lines: Sequence[str]) -> None:
    click.echo(f"\n{title}:")
    for line in lines[:_MOST_SHOWN]:
        click.echo(f"  {line}")
    if len(lines) > _MOST_SHOWN:
        click.echo(f"  and {len(lines) - _MOST_SHOWN} more")


def _wording(drafts: Sequence[PageDraft], registers: Registers) -> Iterator[str]:
    organization = registers.organization
    language = drafts[0].language
    guidance = guidance_for(
        tuple(organization.jurisdictions), is_public=is_public_body(organization), language=language
    )
    if not guidance:
        yield f"not judged: there is no guidance for your places in '{language}'"
        return
    for draft in drafts:
        for objection in judge(draft.body, guidance, language, lambda _: None):
            line = draft.text.count("\n", 0, draft.text.index(draft.body) + objection.offset) + 1
            yield one_line(f"{draft.file}:{line}: {objection.subject.code} {objection.message}")
    yield "wording without a finding is not thereby lawful"
