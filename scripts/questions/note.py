"""`handbook questions note`: writes down what somebody asked."""

import datetime
from pathlib import Path

import click

from handbook.errors import HandbookError
from handbook.files.atomic_write import FileWrite
from handbook.files.tree import Folder
from handbook.inbox.chosen import page_of
from handbook.inbox.notes import on_one_line, open_question, with_note
from handbook.registers.open_questions import load_open_questions
from handbook.registers.organization import load_organization
from handbook.text.quoting import one_line
from scripts.exclusive import changes_files
from scripts.file_changes import write_files
from scripts.options import DayParameter, exits_with_status, root_option
from scripts.questions.list_open import shown
from scripts.site.publication import read_handbook


@click.command(name="note", epilog="Exit status: 0 if it was written, 2 if nothing was.")
@click.argument("text", metavar="TEXT")
@click.option("--page", metavar="PAGE", help="Page that they read: its path, or its address in the mail.")
@click.option("--query", metavar="WORDS", help="Words with which they searched.")
@click.option("--edition", metavar="NAME", help="Edition that they read, such as 2026.1.")
@click.option("--language", metavar="CODE", help="Language in which it was asked, such as fr.")
@click.option(
    "--on", "day", type=DayParameter(), metavar="DATE", help="Day on which it was asked; by default, today."
)
@root_option
@exits_with_status
@changes_files()
def command(
    text: str,
    page: str | None,
    query: str | None,
    edition: str | None,
    language: str | None,
    day: datetime.date | None,
    root: Path,
) -> int:
    """Write down the question TEXT, in the words of whoever asked, but never who asked.

    A question that is there already is counted once more; it keeps the first day.
    """
    tree, today = Folder(root), load_organization(Folder(root)).today()
    if day and day > today:
        raise HandbookError(f"{day} is in the future; give the day on which it was asked")
    values = {"question": on_one_line(text), "query": query, "edition": edition, "language": language}
    known = load_open_questions(tree)
    place = page_of(read_handbook(root)[0], page) if page is not None else None
    question = open_question({**values, "page": place, "asked_on": day or today})
    before = tree.read(known.path)
    noted = with_note(before.decode("utf-8") if before is not None else None, known, question)
    write_files(root, [FileWrite(root / known.path, noted.text.encode("utf-8"), before)])
    click.echo(f"{known.path}: {shown(noted.number, noted.question)}")
    if place and noted.question.page != place:
        click.echo(one_line(f"note: it stays with {noted.question.page}, where it was asked first"))
    return 0
