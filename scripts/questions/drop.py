"""`handbook questions drop`: takes out a question that needs no answer."""

from pathlib import Path

import click

from handbook.errors import HandbookError
from handbook.files.atomic_write import FileWrite
from handbook.files.tree import Folder
from handbook.inbox.chosen import number_of
from handbook.inbox.notes import on_one_line
from handbook.inbox.register_edits import without_question
from handbook.registers.loading import required_file
from handbook.registers.open_questions import load_open_questions
from handbook.text.quoting import one_line
from scripts.exclusive import changes_files
from scripts.file_changes import write_files
from scripts.options import exits_with_status, root_option


@click.command(name="drop", epilog="Exit status: 0 if it was taken out, 2 if nothing was written.")
@click.argument("named", metavar="QUESTION")
@click.option("--why", metavar="TEXT", required=True, help="Why it needs no answer.")
@root_option
@exits_with_status
@changes_files()
def command(named: str, why: str, root: Path) -> int:
    """Remove QUESTION, given by its number or by words that no other question has, without an answer.

    The register does not keep the reason: put it into the message of the commit, which is proposed.
    """
    why = on_one_line(why)
    if not why:
        raise HandbookError("--why is empty; write why the question needs no answer")
    known = load_open_questions(Folder(root))
    number = number_of(known, named)
    question = known.questions[number].question
    before = required_file(Folder(root), known.path)
    try:
        text = without_question(before.decode("utf-8"), number)
    except HandbookError as error:
        raise HandbookError(f"{known.path}: {error}") from None
    write_files(root, [FileWrite(root / known.path, text.encode("utf-8"), before)])
    click.echo(one_line(f"{known.path}: '{question}' taken out"))
    click.echo("proposed message of the commit:", err=True)
    click.echo(
        f"\nTake out a question that needs no answer\n\n{one_line(question)}\n{one_line(why)}", err=True
    )
    return 0
